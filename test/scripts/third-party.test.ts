import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copiedPackages, thirdPartyNotice } from "../../scripts/third-party.ts";

let folder = "";

/** Installs a package of one module, and says where that is. */
async function install(name: string, license: string, text?: string): Promise<string> {
  const root = join(folder, "node_modules", name);
  await mkdir(join(root, "lib"), { recursive: true });
  await writeFile(join(root, "package.json"), JSON.stringify({ name, version: "1.2.3", license }));
  if (text !== undefined) await writeFile(join(root, "LICENSE.md"), text);
  return join(root, "lib/index.js");
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mfa-harness-notice-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

test("each package comes once, with the text of its license, and our own modules do not come", async () => {
  const modules = [
    await install("zebra", "MIT", "Use it."),
    await install("@scope/ant", "(MIT OR CC0-1.0)"),
    join(folder, "harness/index.ts"),
  ];
  const notice = await thirdPartyNotice(await copiedPackages([...modules, ...modules]));
  expect(notice.split("\n").filter((line) => line.startsWith("## "))).toEqual([
    "## @scope/ant 1.2.3",
    "## zebra 1.2.3",
  ]);
  expect(notice).toContain("License: MIT\n\n```\nUse it.\n```");
});

test.each([
  ["MIT", true],
  ["MIT License", true],
  ["ISC", true],
  ["(GPL-3.0 OR MIT)", true],
  ["GPL-3.0", false],
  ["UNLICENSED", false],
])("a package under %s may be copied: %s", async (license, taken) => {
  const packages = copiedPackages([await install("one", license)]);
  if (taken) expect(await thirdPartyNotice(await packages)).toContain("## one 1.2.3");
  else await expect(packages).rejects.toThrow(`one is under ${license}`);
});
