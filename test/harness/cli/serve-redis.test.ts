import { expect, test } from "vitest";
import { mfaHarness } from "../../support/command-line.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const NO_URL = "the address of Redis is no redis:// URL\nWrite it like redis://127.0.0.1:6379, ";

test.each([
  { by: "flag", args: ["--redis", "localhost"], files: {} },
  { by: "configuration", args: [], files: { "mfa-harness.yaml": "serve: { redis: localhost }\n" } },
])("an address that is none, by $by → one sentence and the next step, exit 2", async ({ args, files }) => {
  await using folder = await temporaryFolder(files);
  const said = await mfaHarness(["serve", ...args], folder.path);
  expect([said.exitCode, said.stdout]).toEqual([2, ""]);
  expect(said.stderr.startsWith(NO_URL)).toBe(true);
});
