import { expect, test } from "vitest";
import { mfaHarness } from "../../support/command-line.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const SCENARIO = `id: one
title: one
why: for this test
references: [PSR-034]
emission: { channel: oidc, profile: password-only }
transport: [direct]
expect: { verdict: non-compliant, findings: [oidc.amr.mfa-absent], decision: refuse }
`;

const CONFIG = `scenarios: [s]
reporters: [json]
targets:
  ours: { kind: library }
  naive: { kind: command, channels: [oidc], run: [node, -e, "process.exit(0)"] }
`;

test("targets of the file are run beside each other, and nothing else is", async () => {
  await using folder = await temporaryFolder({ "s/one.yaml": SCENARIO, "mfa-harness.yaml": CONFIG });
  const { stdout, exitCode } = await mfaHarness(["run"], folder.path);
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ counts: { pass: 1, fail: 1 } });
  const listed = await mfaHarness(["run", "--list", "--target", "library", "--target", "naive"], folder.path);
  expect(listed.stdout).toBe("one/direct/library  one\none/direct/naive  one\n2 cases\n");
});

test("doctor tells in words what to do, and by its exit code that a run could not work", async () => {
  const target = `  app: { kind: app, channels: [oidc], start: "http://127.0.0.1:9/portal", signedIn: { selector: b } }`;
  const files = {
    "s/one.yaml": SCENARIO.replace("[direct]", "[protocol]"),
    "mfa-harness.yaml": `scenarios: [s]\ntargets:\n${target}\n`,
  };
  await using folder = await temporaryFolder(files);
  const { stdout, exitCode, stderr } = await mfaHarness(["doctor"], folder.path);
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: "" });
  expect(stdout).toMatch(/^ok {4}discovery http/m);
  expect(stdout).toMatch(
    /^FAIL {2}app: http:\/\/127\.0\.0\.1:9\/portal: cannot be read: .*\n {6}Start the app, or give/m,
  );
});
