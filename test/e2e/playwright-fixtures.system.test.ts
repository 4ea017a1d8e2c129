import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { runTool } from "../harness/testing/run-tool.ts";

test("Playwright Test signs in at an IdP that is as new for each test", async () => {
  const output = await mkdtemp(join(tmpdir(), "mfa-harness-playwright-"));
  onTestFinished(async () => await rm(output, { recursive: true }));
  const config = ["-c", "test/e2e/playwright/playwright.config.ts", "--reporter=line", "--output", output];
  const printed = await runTool("playwright/cli.js", "test", ...config);
  expect(printed).toMatch(/\b3 passed\b/);
}, 60_000);
