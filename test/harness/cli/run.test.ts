import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { mfaHarness, startInterrupted } from "../../support/command-line.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

function scenario(id: string, verdict: string): string {
  return `id: ${id}
title: ${id}
why: for this test
references: [PSR-034]
emission: { channel: oidc, profile: password-and-otp }
transport: [direct]
expect: { verdict: ${verdict} }
`;
}

test.each([
  { verdict: "compliant", exitCode: 0, line: /^ok {3}one\/direct\/library/ },
  { verdict: "non-compliant", exitCode: 1, line: /^FAIL one\/direct\/library/ },
])(
  "a scenario that expects $verdict of a good sign-in → exit $exitCode",
  async ({ verdict, exitCode, line }) => {
    await using folder = await temporaryFolder({ "s/one.yaml": scenario("one", verdict) });
    const said = await mfaHarness(["run", "s", "--reporter", "list"], folder.path);
    expect(said).toMatchObject({ exitCode, stderr: "" });
    expect(said.stdout).toMatch(line);
  },
);

test("each reporter goes where it is told, and the paths are printed", async () => {
  await using folder = await temporaryFolder({ "s/one.yaml": scenario("one", "compliant") });
  const reporters = ["json:out/run.json", "junit:out/junit.xml", "html", "list"].flatMap((name) => [
    "-r",
    name,
  ]);
  const said = await mfaHarness(["run", "s", ...reporters], folder.path);
  expect(said.exitCode).toBe(0);
  expect(said.stdout).toContain(
    "report: out/run.json\nreport: out/junit.xml\nreport: mfa-report/index.html\n",
  );
  const json: unknown = JSON.parse(await readFile(join(folder.path, "out/run.json"), "utf8"));
  expect(json).toMatchObject({ counts: { pass: 1, fail: 0 } });
  expect(await readFile(join(folder.path, "out/junit.xml"), "utf8")).toContain('tests="1" failures="0"');
  expect(await readFile(join(folder.path, "mfa-report/index.html"), "utf8")).toContain("1 passed, 0 failed");
});

test("a reporter without a path writes to standard output, and nothing else does", async () => {
  await using folder = await temporaryFolder({ "s/one.yaml": scenario("one", "compliant") });
  const { stdout } = await mfaHarness(["run", "s", "-r", "json"], folder.path);
  expect(JSON.parse(stdout)).toMatchObject({ counts: { pass: 1 } });
});

test("mfa-harness.yaml is read, and flags win over it", async () => {
  const config = "scenarios: [s]\nreporters: [json]\ntransports: [protocol]\n";
  await using folder = await temporaryFolder({
    "s/one.yaml": scenario("one", "compliant"),
    "mfa-harness.yaml": config,
  });
  const asWritten = await mfaHarness(["run"], folder.path);
  expect(asWritten).toMatchObject({ exitCode: 2, stdout: "" });
  expect(asWritten.stderr).toContain("no case is chosen\n1 case skipped: it needs another --transport");
  const overridden = await mfaHarness(["run", "-t", "direct"], folder.path);
  expect(JSON.parse(overridden.stdout)).toMatchObject({ counts: { pass: 1 }, notRun: 0 });
});

test.each([
  {
    name: "a mistake in a scenario",
    files: { "s/one.yaml": scenario("one", "good") },
    args: ["run", "s"],
    says: "s/one.yaml:7:20 expect.verdict",
  },
  { name: "a path that is not there", files: {}, args: ["run", "nowhere"], says: "cannot read nowhere" },
  {
    name: "an unknown reporter",
    files: { "s/one.yaml": scenario("one", "compliant") },
    args: ["run", "s", "-r", "teletype"],
    says: 'there is no reporter "teletype"',
  },
  {
    name: "two reporters on standard output",
    files: { "s/one.yaml": scenario("one", "compliant") },
    args: ["run", "s", "-r", "list", "-r", "json"],
    says: "list and json both write to standard output",
  },
  {
    name: "an unwritable report",
    files: { "s/one.yaml": scenario("one", "compliant"), file: "" },
    args: ["run", "s", "-r", "json:file/run.json"],
    says: "cannot write file/run.json",
  },
  {
    name: "an unknown transport",
    files: { "s/one.yaml": scenario("one", "compliant") },
    args: ["run", "s", "-t", "carrier"],
    says: 'there is no transport "carrier"',
  },
  {
    name: "an unknown flag",
    files: {},
    args: ["run", "--reportr", "list"],
    says: "Did you mean --reporter?",
  },
  {
    name: "an unknown key in mfa-harness.yaml",
    files: { "mfa-harness.yaml": "workers: 2\nworker: 2\n" },
    args: ["run"],
    says: "mfa-harness.yaml:2:1 worker: Unrecognized key",
  },
  {
    name: "a wrong type in mfa-harness.yaml",
    files: { "mfa-harness.yaml": "workers: two\n" },
    args: ["run"],
    says: "mfa-harness.yaml:1:10 workers: Invalid input",
  },
  {
    name: "a --config that is not there",
    files: {},
    args: ["run", "-c", "other.yaml"],
    says: "cannot read other.yaml",
  },
])("$name → one message, nothing run, exit 2", async ({ files, args, says }) => {
  await using folder = await temporaryFolder(files);
  const said = await mfaHarness(args, folder.path);
  expect(said).toMatchObject({ exitCode: 2, stdout: "" });
  expect(said.stderr).toContain(says);
  expect(said.stderr).not.toMatch(/\n\s+at /);
});

test.each([
  { signal: "SIGINT", exitCode: 130 },
  { signal: "SIGTERM", exitCode: 143 },
] as const)(
  "$signal ends the run in order, exit $exitCode: the reports say what was done and what was not",
  async ({ signal, exitCode }) => {
    const files = Object.fromEntries(
      Array.from({ length: 400 }, (_, n) => [`s/n${n}.yaml`, scenario(`n${n}`, "compliant")]),
    );
    await using folder = await temporaryFolder(files);
    const reporters = ["list", "json:run.json", "jsonl:run.jsonl"].flatMap((name) => ["-r", name]);
    const child = startInterrupted(["run", "s", "-w", "1", ...reporters], folder.path, signal);
    child.stdout.resume();
    await once(child, "close");
    expect(child.exitCode).toBe(exitCode);
    const run: unknown = JSON.parse(await readFile(join(folder.path, "run.json"), "utf8"));
    expect(run).toMatchObject({ interrupted: true, counts: { fail: 0, error: 0 } });
    expect(run).toHaveProperty("counts.pass", expect.any(Number));
    expect(JSON.stringify(run)).toMatch(/"pending":[1-9]/);
    // Whoever renders it again is told the same, and that it is no whole run.
    const again = await mfaHarness(["report", "run.jsonl", "-r", "list"], folder.path);
    expect(again).toMatchObject({ exitCode: 2, stderr: "" });
    expect(again.stdout).toMatch(/^interrupted: \d+ not run$/m);
  },
);

const FAIL_FAST = ["--fail-fast", "-w", "1"];
const KNOWN = ["--baseline", "known.yaml"];
const WITH_DEAD_TOOL = ["-c", "tool.yaml"];

test.each([
  { name: "all passed", ids: ["pass"], args: [], exitCode: 0 },
  { name: "one failed", ids: ["fail", "pass"], args: [], exitCode: 1 },
  { name: "one could not be told", ids: ["pass"], args: WITH_DEAD_TOOL, exitCode: 3 },
  { name: "one failed, one could not be told", ids: ["fail"], args: WITH_DEAD_TOOL, exitCode: 1 },
  { name: "a known failure", ids: ["fail"], args: KNOWN, exitCode: 0 },
  { name: "a known failure ends no run", ids: ["fail", "pass"], args: [...KNOWN, ...FAIL_FAST], exitCode: 0 },
  { name: "a failure before others ends it", ids: ["fail", "pass"], args: FAIL_FAST, exitCode: 2 },
  { name: "a failure at last ends nothing", ids: ["a-pass", "fail"], args: FAIL_FAST, exitCode: 1 },
  { name: "nothing chosen", ids: ["pass"], args: ["-g", "none"], exitCode: 2 },
  { name: "a full disk", ids: ["pass"], args: ["-r", "jsonl:/dev/full"], exitCode: 2 },
])("$name → exit $exitCode", async ({ ids, args, exitCode }) => {
  const files = ids.map((id): [string, string] => [
    `s/${id}.yaml`,
    scenario(id, id === "fail" ? "non-compliant" : "compliant"),
  ]);
  const tool = "{ kind: command, channels: [oidc], run: [no-such-program] }";
  await using folder = await temporaryFolder({
    ...Object.fromEntries(files),
    "tool.yaml": `targets:\n  ours: { kind: library }\n  tool: ${tool}\n`,
    "known.yaml": "known: [{ case: 'fail/*', owner: kim, reason: later, expires: 2999-01-01 }]",
  });
  const said = await mfaHarness(["run", "s", "-r", "list", ...args], folder.path);
  expect(said.exitCode).toBe(exitCode);
  expect(said.stderr).not.toMatch(/\n\s+at |own fault/);
});
