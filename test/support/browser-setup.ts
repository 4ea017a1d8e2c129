import { ensureChromium } from "./chromium.ts";

/** vitest's global set-up: the browser tests need a browser before the first of them runs. */
export async function setup(): Promise<void> {
  await ensureChromium();
}
