import { afterAll, beforeAll, expect, test } from "vitest";
import { examine } from "../../../harness/doctor/examine.ts";
import type { MockIdp } from "../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { targetsSchema } from "../../../harness/target/definition/targets.ts";
import { deadOrigin, serve } from "../transport/serve.ts";

let idp: MockIdp;

beforeAll(async () => {
  idp = await startIdp();
});

afterAll(async () => await idp[Symbol.asyncDispose]());

async function found(
  target: Readonly<Record<string, unknown>>,
  what = "target: ",
): Promise<string | undefined> {
  const definitions = targetsSchema.parse({ target });
  const signal = AbortSignal.timeout(10_000);
  const checks = await examine({ idp, definitions, relyingParties: [], wantsBrowser: false, signal });
  const check = checks.find((one) => one.what.startsWith(what));
  return check === undefined ? undefined : `${check.status} ${check.found}`;
}

test.each([
  { status: 401, says: "ok answers with 401 without a token" },
  { status: 302, says: "ok answers with 302 without a token" },
  { status: 200, says: "warn answers with 200 without a token" },
  { status: 503, says: "warn answers with 503 without a token" },
])("an API that answers with $status: $says", async ({ status, says }) => {
  await using server = await serve((request, response) =>
    response.writeHead(request.headers.authorization === undefined ? status : 500).end(),
  );
  expect(await found({ kind: "api", url: server.origin })).toBe(says);
});

test("an API that is not there, or talks no TLS", async () => {
  const dead = await deadOrigin();
  expect(await found({ kind: "api", url: dead })).toBe(`fail nothing answers at ${new URL(dead).host}`);
  await using server = await serve((_request, response) => response.end());
  const secure = server.origin.replace("http:", "https:");
  expect(await found({ kind: "api", url: secure })).toBe(`fail ${new URL(secure).host} does not talk TLS`);
});

test.each([
  { command: { run: [process.execPath] }, says: `ok is ${process.execPath}` },
  { command: { run: ["no-such-program"] }, says: "fail is no program that can be run" },
  { command: { run: ["./package.json"] }, says: "fail is no program that can be run" },
  { command: { run: ["node"], cwd: "no-such-folder" }, says: "fail the folder no-such-folder is not there" },
  { command: { run: ["node"], env: { PATH: "" } }, says: "fail is no program that can be run" },
])("$command: $says", async ({ command, says }) => {
  expect(await found({ kind: "command", channels: ["oidc"], ...command })).toBe(says);
});

const SAYS = "target: what it says";

/** A program that looks at nothing but the signature. */
const IS_GOOD = `
  const { createPublicKey, verify } = require("node:crypto");
  const [header, payload, signature] = require("node:fs").readFileSync(0, "utf8").split(".");
  const { kid } = JSON.parse(Buffer.from(header, "base64url"));
  const key = JSON.parse(process.env.MFA_HARNESS_JWKS).keys.find((one) => one.kid === kid);
  const signed = Buffer.from(header + "." + payload);
  const good = verify("sha256", signed, createPublicKey({ key, format: "jwk" }), Buffer.from(signature, "base64url"));`;

test.each([
  {
    script: "process.exit(good ? 0 : 1)",
    says: /^ok to a good artifact accept, to one of a stranger's key refuse \(exit code 1\)$/,
  },
  {
    script: "if (!good) throw new Error('no such key')",
    says: /^fail target did not decide: exit code 1; it says: .*; it fell over, by its words "at .*"; if it refuses so, write exitCode: /,
  },
  {
    script: "if (!good) throw new Error('no such key')",
    more: { exitCode: { accept: [0], refuse: [1] } },
    says: /^warn .* stranger's key refuse \(exit code 1; .*it fell over/,
  },
  { script: "", says: /^warn to a good artifact accept, to one of a stranger's key accept \(exit code 0\)$/ },
  { script: "process.exit(1)", says: /^warn to a good artifact refuse \(exit code 1\)$/ },
])("a program that does $script, with $more: $says", async ({ script, more = {}, says }) => {
  const run = [process.execPath, "--input-type=commonjs", "-e", `${IS_GOOD}${script}`];
  expect(await found({ kind: "command", channels: ["oidc"], run, ...more }, SAYS)).toMatch(says);
});

test.each([
  { status: 401, says: /^warn to a good artifact refuse \(status 401\)$/ },
  { status: 404, says: /^fail target did not decide: status 404; that is no word about the token: / },
])("an API that answers every token with $status: $says", async ({ status, says }) => {
  await using server = await serve((_request, response) => response.writeHead(status).end());
  expect(await found({ kind: "api", url: server.origin }, SAYS)).toMatch(says);
});
