import { expect, test } from "vitest";
import { mfaHarness } from "../../support/command-line.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { deadOrigin, serve } from "../transport/serve.ts";

const SCENARIO = `id: one
title: one
why: for this test
references: [PSR-034]
emission: { channel: oidc, profile: password-only }
transport: [direct]
expect: { verdict: non-compliant, findings: [oidc.amr.mfa-absent], decision: refuse }
control: id-token-with-mfa
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
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
  expect(stdout).toMatch(/^ok {4}discovery http/m);
  expect(stdout).toMatch(
    /^FAIL {2}app: http:\/\/127\.0\.0\.1:9\/portal: cannot be read: .*\n {6}Start the app, or give/m,
  );
});

const STEP_UP = `id: two
title: two
why: for this test
references: [PSR-034]
emission: { channel: oidc, profile: password-only }
later: { profile: password-and-otp }
steps: [sign-in, step-up]
transport: [protocol]
expect: { verdict: compliant, decision: accept }
`;

test("what an app is not taken through is told wherever somebody may look", async () => {
  const app = `  portal: { kind: app, channels: [oidc], start: "http://127.0.0.1:9/", signedIn: { selector: b } }`;
  await using folder = await temporaryFolder({
    "s/one.yaml": SCENARIO,
    "s/two.yaml": STEP_UP,
    "mfa-harness.yaml": `${CONFIG}${app}\n`,
  });
  const line = "portal: 1 scenario skipped. To include it set addresses.step-up (1)";
  const told = await mfaHarness(["run"], folder.path);
  expect(JSON.parse(told.stdout)).toMatchObject({
    counts: { pass: 1, fail: 1 },
    leftOut: [{ target: "portal", needs: "addresses.step-up", scenarios: 1 }],
  });
  const listed = await mfaHarness(["run", "--list"], folder.path);
  expect(listed.stdout.split("\n").at(-2)).toBe(line);
  const nothing = await mfaHarness(["run", "--target", "portal"], folder.path);
  expect(nothing).toMatchObject({ exitCode: 2, stderr: `no case is chosen\n${line}\n` });
  const doctor = await mfaHarness(["doctor", "--json"], folder.path);
  expect(JSON.parse(doctor.stdout)).toContainEqual({
    status: "ok",
    what: "portal: scenarios",
    found: "1 scenario skipped. To include it set addresses.step-up (1)",
  });
});

test("an API finds the keys of the IdP where the file says that it listens", async () => {
  const idp = await deadOrigin();
  await using api = await serve(async (_request, response) => {
    const answer = await fetch(`${idp}/oidc/jwks`).catch(() => undefined);
    response.writeHead(answer?.ok === true ? 200 : 500).end();
  });
  await using folder = await temporaryFolder({
    "s/one.yaml": `id: one
title: one
why: for this test
references: [PSR-034]
emission: { channel: partner-api, profile: password-and-otp }
transport: [direct]
expect: { verdict: compliant, decision: accept }
`,
    "mfa-harness.yaml": `scenarios: [s]
reporters: [json]
serve: { port: ${new URL(idp).port} }
targets:
  api: { kind: api, url: "${api.origin}" }
`,
  });
  const { stdout, exitCode } = await mfaHarness(["run"], folder.path);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ counts: { pass: 1 } });
});
