import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkReportPaths } from "../../../harness/cli/reports/report-paths.ts";
import { mfaHarness } from "../../support/command-line.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

test.each([
  { reports: ["a.json", "b.json"], inputs: [], says: undefined },
  { reports: ["a.json", "a.json"], inputs: [], says: "two reports go to the same file" },
  { reports: ["a.json", "./sub/../a.json"], inputs: [], says: "two reports go to the same file" },
  { reports: ["a.json", "link.json"], inputs: [], says: "two reports go to the same file" },
  { reports: ["/dev/null", "/dev/null"], inputs: [], says: undefined },
  { reports: ["new.json", "sub/new.json"], inputs: ["a.json"], says: undefined },
  { reports: ["a.json"], inputs: ["a.json"], says: "would overwrite the baseline" },
  { reports: ["link.json"], inputs: ["a.json"], says: "would overwrite the baseline" },
  { reports: ["new.json"], inputs: ["new.json"], says: "would overwrite the baseline" },
])("reports $reports over $inputs: $says", async ({ reports, inputs, says }) => {
  await using folder = await temporaryFolder({ "a.json": "{}", "sub/b.json": "{}" });
  await symlink("a.json", join(folder.path, "link.json"));
  const at = (path: string): string => (path.startsWith("/") ? path : join(folder.path, path));
  const check = (): void =>
    checkReportPaths(
      reports.map(at),
      inputs.map((path) => ({ what: "the baseline", path: at(path) })),
    );
  if (says === undefined) expect(check).not.toThrow();
  else expect(check).toThrow(says);
});

const SCENARIO = `id: one
title: one
why: for this test
references: [PSR-034]
emission: { channel: oidc, profile: password-and-otp }
transport: [direct]
expect: { verdict: compliant }
`;

test.each([
  { args: ["-r", "json:x", "-r", "tap:x"], says: "two reports go to the same file: x and x" },
  {
    args: ["-r", "json:known.yaml", "--baseline", "known.yaml"],
    says: "would overwrite the baseline known.yaml",
  },
  { args: ["-r", "json:mfa-harness.yaml"], says: "would overwrite the configuration mfa-harness.yaml" },
  { args: ["-r", "json:s/one.yaml"], says: "would overwrite the scenario" },
])("run $args: refused before anything runs, and nothing is lost", async ({ args, says }) => {
  const files = {
    "s/one.yaml": SCENARIO,
    "known.yaml": "known: []\n",
    "mfa-harness.yaml": "scenarios: [s]\n",
  };
  await using folder = await temporaryFolder(files);
  const said = await mfaHarness(["run", ...args], folder.path);
  expect(said).toMatchObject({ exitCode: 2, stdout: "" });
  expect(said.stderr).toContain(says);
});
