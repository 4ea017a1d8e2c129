import { expect, test } from "vitest";
import { HarnessError } from "../../../harness/errors.ts";
import { loadScenarios } from "../../../harness/scenario/load.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const GOOD = `id: good
title: a title
why: a reason
references: [PSR-036]
emission: { channel: oidc, profile: password-only }
expect: { verdict: non-compliant, findings: [oidc.amr.mfa-absent], decision: refuse }
control: id-token-with-mfa
`;

async function failure(files: Readonly<Record<string, string>>): Promise<HarnessError & { lines: string[] }> {
  await using folder = await temporaryFolder(files);
  const error: unknown = await loadScenarios([folder.path]).catch((caught: unknown) => caught);
  if (!(error instanceof HarnessError)) throw new TypeError("expected a HarnessError");
  const lines = error.message.split("\n").map((line) => line.replace(`${folder.path}/`, ""));
  return Object.assign(error, { lines });
}

test("a good file becomes a scenario with its defaults", async () => {
  await using folder = await temporaryFolder({ "good.yaml": GOOD, "notes.txt": "not a scenario" });
  const scenarios = await loadScenarios([folder.path]);
  expect(scenarios).toEqual([
    {
      id: "good",
      file: `${folder.path}/good.yaml`,
      title: "a title",
      why: "a reason",
      references: ["PSR-036"],
      emission: {
        channel: "oidc",
        profile: "password-only",
        patch: [],
        tamper: [],
        key: "published",
        ignore: [],
      },
      control: "id-token-with-mfa",
      covers: [],
      issuer: "shared",
      flow: "code",
      steps: ["sign-in"],
      transport: ["direct", "protocol"],
      expect: { verdict: "non-compliant", findings: ["oidc.amr.mfa-absent"], decision: "refuse" },
    },
  ]);
});

test.each([
  {
    name: "unknown key",
    change: ["why: a reason", "why: a reason\nwhim: 1"],
    line: "good.yaml:4:1 whim: Unrecognized key",
  },
  {
    name: "wrong type",
    change: ["title: a title", "title: 7"],
    line: "good.yaml:2:8 title: Invalid input: expected string",
  },
  {
    name: "wrong word",
    change: ["non-compliant", "bad"],
    line: "good.yaml:6:20 expect.verdict: Invalid option",
  },
  {
    name: "deep wrong word",
    change: ["password-only", "pin"],
    line: "good.yaml:5:37 emission.profile: Invalid option",
  },
  {
    name: "missing member",
    change: ["why: a reason\n", ""],
    line: "good.yaml:1:1 why: Invalid input: expected string",
  },
  {
    name: "duplicate key",
    change: ["why: a reason", "why: a\nwhy: b"],
    line: "good.yaml:4:1: Map keys must be unique",
  },
  { name: "no YAML", change: ["title: a title", "title: [a"], line: "good.yaml:" },
  {
    name: "dead alias",
    change: ["title: a title", "title: *nowhere"],
    line: "good.yaml:1:1: Unresolved alias",
  },
  {
    name: "id is not the file name",
    change: ["id: good", "id: other"],
    line: 'good.yaml:1:5 id: expected "good"',
  },
  {
    name: "no decision although a partner app decides",
    change: [", decision: refuse", ""],
    line: "good.yaml:6:9 expect.decision: expected accept, refuse or challenge",
  },
  {
    name: "a browser that is to hold an answer back",
    change: ["why: a reason", "why: a reason\nsteps: [hold]\ntransport: [browser]"],
    line: "good.yaml:5:12 transport: a browser cannot hold an answer back",
  },
  {
    name: "an artifact handed over that is not to be issued",
    change: ["verdict: non-compliant", "verdict: none"],
    line: "good.yaml:1:1 transport: what is handed over is issued",
  },
  {
    name: "a path that is no JSON Pointer",
    change: ["password-only }", "password-only, patch: [{ op: remove, path: amr }] }"],
    line: "good.yaml:5:80 emission.patch.0.path: expected a JSON Pointer",
  },
])("$name → file:line:column, found, expected", async ({ change: [from = "", to = ""], line }) => {
  const error = await failure({ "good.yaml": GOOD.replace(from, to) });
  expect(error.code).toBe("ERR_SCENARIO_INVALID");
  expect(error.lines[0]).toContain(line);
  expect(error.hint).toContain("nothing was run");
});

function level(name: string, of: string): string {
  return `${name}: &${name} [${Array(10).fill(of).join(", ")}]`;
}

test("an alias bomb is refused, not expanded", async () => {
  const bomb = [level("a", "1"), level("b", "*a"), level("c", "*b"), level("d", "*c")].join("\n");
  const error = await failure({ "good.yaml": bomb });
  expect(error.lines[0]).toContain("Excessive alias count");
});

test("an id may be used once", async () => {
  const error = await failure({ "a/good.yaml": GOOD, "b/good.yaml": GOOD });
  expect(error.lines).toEqual([
    expect.stringMatching(/^b\/good\.yaml:1:5 id: "good" is already the id of .*a\/good\.yaml/),
  ]);
});

test("every problem of every file is told at once", async () => {
  const error = await failure({ "good.yaml": GOOD.replace("a title", "7"), "worse.yaml": "id: worse" });
  expect(error.lines.filter((line) => line.startsWith("good.yaml"))).toHaveLength(1);
  expect(error.lines.filter((line) => line.startsWith("worse.yaml")).length).toBeGreaterThan(3);
});

test.each([
  { files: {}, message: "no scenario found" },
  { files: { "readme.md": "" }, message: "no scenario found" },
])("a folder without scenarios is an error: $message", async ({ files, message }) => {
  expect((await failure(files)).message).toContain(message);
});

test("a path that is not there is an error", async () => {
  await expect(loadScenarios(["/nowhere/at/all"])).rejects.toMatchObject({ code: "ERR_FILE_UNREADABLE" });
});
