import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findBrowser } from "../../../../harness/transport/browser/find-browser.ts";

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mfa-harness-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

test("the environment variable wins", () => {
  expect(findBrowser({ MFA_HARNESS_BROWSER: "/my/browser", PATH: folder })).toBe("/my/browser");
});

test.skipIf(process.platform === "win32")("a program in PATH is found, a mere file is not", async () => {
  const path = join(folder, "chromium");
  await writeFile(path, "");
  expect(findBrowser({ PATH: ["", folder].join(delimiter) })).not.toBe(path);
  await chmod(path, 0o755);
  expect(findBrowser({ PATH: ["", folder].join(delimiter) })).toBe(path);
});
