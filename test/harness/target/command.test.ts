import { afterAll, beforeAll, expect, test } from "vitest";
import { emissionSchema } from "../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { commandTarget } from "../../../harness/target/command.ts";
import { commandDefinition } from "../../../harness/target/definition/handed-over.ts";
import type { Observation } from "../../../harness/target/observation.ts";

let idp: MockIdp;

beforeAll(async () => {
  idp = await startIdp();
});

afterAll(async () => await idp[Symbol.asyncDispose]());

async function observe(script: string, more: Readonly<Record<string, unknown>>): Promise<Observation> {
  const { args, ...rest } = { args: [], ...more };
  const run = [process.execPath, "--input-type=commonjs", "-e", script, ...args];
  const command = commandDefinition.parse({ kind: "command", channels: ["oidc"], run, ...rest });
  const emission = emissionSchema.parse({ channel: "oidc", profile: "password-and-otp" });
  const signal = AbortSignal.timeout(15_000);
  const attempt = { emission, transport: "direct", user: "a@partner.example", signal } as const;
  return await commandTarget("tool", command, idp).observe(attempt);
}

const IS_TOKEN = "/^eyJ[^.]+[.][^.]+[.][^.]+$/.test";
const FILE = `const fs = require("node:fs");`;

test.each([
  {
    name: "standard input",
    script: `${FILE} process.exit(${IS_TOKEN}(fs.readFileSync(0, "utf8")) ? 0 : 9)`,
    more: {},
    decision: "accept",
  },
  {
    name: "a file, appended",
    script: `${FILE} process.exit(${IS_TOKEN}(fs.readFileSync(process.argv.at(-1), "utf8")) ? 0 : 9)`,
    more: { artifact: "file" },
    decision: "accept",
  },
  {
    name: "an argument where it is wanted, with the issuer",
    script: `const [, token, issuer] = process.argv; process.exit(${IS_TOKEN}(token) && issuer.endsWith("/oidc") ? 0 : 9)`,
    more: { artifact: "argument", args: ["{artifact}", "{issuer}"] },
    decision: "accept",
  },
  {
    name: "the environment, with keys and audience",
    script: `const e = process.env; process.exit(${IS_TOKEN}(e.MFA_HARNESS_ARTIFACT) && JSON.parse(e.MFA_HARNESS_JWKS).keys.length > 0 && e.MFA_HARNESS_AUDIENCE === "me" ? 0 : 9)`,
    more: { artifact: "environment", asked: { audience: "me" } },
    decision: "accept",
  },
  {
    name: "exit code 0, with something that left the group and holds the output open",
    script: `require("node:child_process").spawn("sleep", ["20"], { stdio: "inherit", detached: true }).unref(); process.exitCode = 0`,
    more: { timeoutSeconds: 10 },
    decision: "accept",
  },
  {
    name: "exit code 0, with something left running in the background",
    script: `require("node:child_process").spawn("sleep", ["60"], { stdio: "inherit", detached: false }).unref(); process.exitCode = 0`,
    more: { timeoutSeconds: 10 },
    decision: "accept",
  },
  { name: "exit code 1", script: "process.exit(1)", more: {}, decision: "refuse" },
  {
    name: "an exit code of its own",
    script: "process.exit(7)",
    more: { exitCode: { challenge: [7] } },
    decision: "challenge",
  },
  {
    name: "its output",
    script: "console.log('NOT OK: amr')",
    more: { output: { accept: "^OK", refuse: "^NOT OK" } },
    decision: "refuse",
  },
  {
    name: "a member of its output",
    script: `console.log(JSON.stringify({ result: { mfa: false } }))`,
    more: { json: { pointer: "/result/mfa", accept: [true], refuse: [false] } },
    decision: "refuse",
  },
])("$name → $decision", async ({ script, more, decision }) => {
  expect(await observe(script, more)).toMatchObject({ decision, exchanges: [] });
});

test.each([
  { name: "another exit code", script: "process.exit(3)", more: {}, says: /did not decide: exit code 3/ },
  {
    name: "a program that is killed",
    script: "process.kill(process.pid, 'SIGKILL')",
    more: {},
    says: /did not decide: ended by SIGKILL$/,
  },
  {
    name: "a program that is to name the user, and does not",
    script: "",
    more: { signedIn: { regex: "user=(.*)" } },
    says: /did not decide: exit code 0; user: it names nobody$/,
  },
  {
    name: "signs that contradict each other",
    script: "console.log('OK'); process.exit(1)",
    more: { exitCode: { refuse: [1] }, output: { accept: "OK" } },
    says: /contradict/,
  },
  {
    name: "a program that hangs, with a child",
    script: `require("node:child_process").spawn("sleep", ["60"], { stdio: "inherit" }); setInterval(() => {}, 1000)`,
    more: { timeoutSeconds: 0.5 },
    says: /no answer within 0.5 s/,
  },
  {
    name: "a crash where nothing is said of exit codes",
    script: "JSON.parse('no')",
    more: {},
    says: /exit code 1; it says: .*; it fell over, by its words "at .*"; if it refuses so, write exitCode: \{ accept: \[0\], refuse: \[1\] \}$/,
  },
  {
    name: "a crash",
    script: "throw new Error('no such option')",
    more: { exitCode: { accept: [0] } },
    says: /exit code 1; it says: .*no such option/,
  },
])("$name: no decision, and why", async ({ script, more, says }) => {
  const outcome = observe(script, more);
  await expect(outcome).rejects.toMatchObject({ code: "ERR_TARGET_UNREACHABLE" });
  await expect(outcome).rejects.toThrow(says);
});

test.each([
  { user: "a@partner.example", as: "marker" },
  { user: "admin@partner.example", as: "forged" },
])("output that names $user: as $as", async ({ user, as }) => {
  const script = `console.log("user=${user}")`;
  expect(await observe(script, { signedIn: { regex: "user=(.*)" } })).toMatchObject({
    decision: "accept",
    as,
  });
});

test.each([
  { more: { exitCode: { accept: [0], refuse: [1] } }, says: /it fell over, by its words "[^"]*"$/ },
  { more: { output: { refuse: "expired" } }, says: /its output says "expired"/ },
])("a crash that the file calls a refusal, by $more, is one, and told as a crash", async ({ more, says }) => {
  const seen = await observe("throw new Error('expired')", more);
  expect(seen).toMatchObject({ decision: "refuse", confidence: "low" });
  expect(seen.signals.join("; ")).toMatch(says);
});

test("words of a crash take nothing from an acceptance, nor a plain refusal its certainty", async () => {
  const accepted = await observe("console.error(new Error('a warning'))", {});
  expect(accepted).toMatchObject({ decision: "accept" });
  expect(accepted.confidence).toBeUndefined();
  expect((await observe("console.error('expired'); process.exit(1)", {})).confidence).toBeUndefined();
});

test("a folder that is not there is named", async () => {
  await expect(observe("", { cwd: "./no-such-folder" })).rejects.toThrow(
    /^tool cannot be run: .*ENOENT, in the folder \.\/no-such-folder$/,
  );
});

test("a program that is not there", async () => {
  const outcome = observe("", { run: ["no-such-program"] });
  await expect(outcome).rejects.toMatchObject({ code: "ERR_TARGET_UNREACHABLE" });
  await expect(outcome).rejects.toThrow(/^tool cannot be run: .*ENOENT/);
});
