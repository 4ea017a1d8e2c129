import { ensureChromium } from "./chromium.ts";

/** vitest's global set-up: finds or installs a browser, and names it to the tests. */
export async function setup(): Promise<void> {
  process.env["MFA_HARNESS_BROWSER"] = await ensureChromium();
}
