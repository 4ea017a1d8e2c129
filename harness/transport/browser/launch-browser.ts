import type { Browser, BrowserType } from "playwright";
import { HarnessError } from "../../errors.ts";
import { findBrowser } from "./find-browser.ts";

/** No request of the browser's own. */
const QUIET = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
];

/** No name that leads away from this machine but those that agreed to be tested. */
function resolverRules(hosts: readonly string[]): string {
  const excluded = ["127.0.0.1", "localhost", "[::1]", ...hosts].map((host) => `EXCLUDE ${host}`);
  return `--host-resolver-rules=${["MAP * ~NOTFOUND", ...excluded].join(", ")}`;
}

const NEXT_STEP =
  "Run `npx playwright install chromium`, or name an installed browser in MFA_HARNESS_BROWSER, or leave the browser transport out.";

/**
 * Starts a headless browser: an installed one, else Playwright's own.
 *
 * @param hosts that it may ask besides this machine
 * @throws HarnessError `ERR_BROWSER_MISSING` when Playwright or a browser is missing or does not start
 */
export async function launchBrowser(hosts: readonly string[] = []): Promise<Browser> {
  const chromium = await loadPlaywright();
  const path = findBrowser();
  const root = process.getuid?.() === 0;
  try {
    return await chromium.launch({
      args: [...QUIET, resolverRules(hosts)],
      // Chromium refuses to run as root with its sandbox.
      chromiumSandbox: !root,
      // Whoever interrupts a run gets its report first; the browser ends with its connection.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      ...(path === undefined ? {} : { executablePath: path }),
    });
  } catch (cause) {
    const what = path ?? "Playwright's Chromium";
    throw new HarnessError("ERR_BROWSER_MISSING", `${what} did not start`, NEXT_STEP, { cause });
  }
}

async function loadPlaywright(): Promise<BrowserType> {
  try {
    const { chromium } = await import("playwright");
    return chromium;
  } catch (cause) {
    throw new HarnessError(
      "ERR_BROWSER_MISSING",
      "the package playwright is not installed",
      "Run `npm install --save-dev playwright`, or leave the browser transport out.",
      { cause },
    );
  }
}
