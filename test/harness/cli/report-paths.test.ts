import { link, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { configSchema } from "../../../harness/cli/config/config-schema.ts";
import { checkReportPaths } from "../../../harness/cli/reports/report-paths.ts";
import { readRunRequest, type RunFlags } from "../../../harness/cli/run/run-request.ts";
import { trustAuthority } from "../../../harness/cli/trust-authority.ts";
import { makeEvidenceStore } from "../../../harness/run/evidence.ts";
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
  { reports: ["hard.json"], inputs: ["a.json"], says: "would overwrite the baseline" },
  { reports: ["hard.json", "a.json"], inputs: [], says: "two reports go to the same file" },
  { reports: ["dangling.json", "target.json"], inputs: [], says: "two reports go to the same file" },
  {
    reports: ["linked/deep/er.json", "sub/deep/er.json"],
    inputs: [],
    says: "two reports go to the same file",
  },
  { reports: ["linked/deep/er.json", "sub/deep/other.json"], inputs: [], says: undefined },
  { reports: ["ring.json", "b.json"], inputs: [], says: undefined },
])("reports $reports over $inputs: $says", async ({ reports, inputs, says }) => {
  await using folder = await temporaryFolder({ "a.json": "{}", "sub/b.json": "{}" });
  await symlink("a.json", join(folder.path, "link.json"));
  await link(join(folder.path, "a.json"), join(folder.path, "hard.json"));
  await symlink("target.json", join(folder.path, "dangling.json"));
  await symlink("sub", join(folder.path, "linked"));
  await symlink("ring.json", join(folder.path, "ring.json"));
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

test.each<{ flags: RunFlags; isInput: boolean }>([
  { flags: { resume: "run.jsonl", reporter: ["json:run.jsonl"] }, isInput: true },
  { flags: { resume: "run.jsonl", reporter: ["list"] }, isInput: true },
  { flags: { resume: "run.jsonl", reporter: ["jsonl:./run.jsonl"] }, isInput: false }, // it goes on there
])("$flags: the event stream that is resumed is an input: $isInput", async ({ flags, isInput }) => {
  const { inputs } = await readRunRequest(["scenarios/oidc/baseline.yaml"], flags, {});
  expect(inputs.some(({ path }) => path === "run.jsonl")).toBe(isInput);
});

test("an adapter of one's own is an input, one that comes along is not", async () => {
  const config = configSchema.parse({
    targets: {
      own: { kind: "library", adapter: "./own.mjs", channels: ["oidc"] },
      ready: { kind: "library", adapter: "jose" },
    },
  });
  const { inputs } = await readRunRequest(["scenarios/oidc/baseline.yaml"], {}, config);
  expect(inputs.filter(({ what }) => what === "the adapter")).toEqual([
    { what: "the adapter", path: "./own.mjs" },
  ]);
});

test("the certificate of the authority takes the place of a certificate alone", async () => {
  const certificate = "-----BEGIN CERTIFICATE-----\nold\n-----END CERTIFICATE-----\n";
  await using folder = await temporaryFolder({
    "mfa-harness.yaml": "scenarios: [s]\n",
    "ca.pem": certificate,
  });
  const config = join(folder.path, "mfa-harness.yaml");
  await expect(trustAuthority("new", config)).rejects.toMatchObject({
    code: "ERR_USAGE",
    message: `${config} holds something else than a certificate`,
  });
  expect(await readFile(config, "utf8")).toBe("scenarios: [s]\n");
});

test("evidence leaves a .gitignore that is there as it is", async () => {
  await using folder = await temporaryFolder({ ".gitignore": "dist\n" });
  const record = makeEvidenceStore(folder.path).begin("one", 1);
  record.keeper.hand({
    keep: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  });
  await record.settle(true);
  expect(await readFile(join(folder.path, ".gitignore"), "utf8")).toBe("dist\n");
});
