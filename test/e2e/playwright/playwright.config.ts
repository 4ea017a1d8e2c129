import { defineConfig } from "playwright/test";
import { findBrowser } from "../../../harness/transport/browser/find-browser.ts";

const executablePath = findBrowser();

/** The small project that playwright-fixtures.system.test.ts runs. */
export default defineConfig({
  use: executablePath === undefined ? {} : { launchOptions: { executablePath } },
});
