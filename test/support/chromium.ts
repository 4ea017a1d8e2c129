import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "playwright";
import { findBrowser } from "../../harness/transport/find-browser.ts";

/** Runs a program to its end; rejects when it fails or is not there. */
function runProgram(program: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const shell = process.platform === "win32";
    execFile(program, [...args], { shell, maxBuffer: 64 * 1024 * 1024 }, (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}

/** True when there is a browser that the browser driver would find: an installed one, or Playwright's own. */
export function hasChromium(): boolean {
  return findBrowser() !== undefined || existsSync(chromium.executablePath());
}

/** One way to get a browser, in the words of the command that does it. */
export interface InstallStep {
  readonly command: string;
  readonly usable: boolean;
  readonly run: () => Promise<void>;
}

/** The ways to get a browser, in the order in which they are tried. */
export const INSTALL_STEPS: readonly InstallStep[] = [
  {
    command: "npx playwright install chromium",
    usable: true,
    run: () => runProgram("npx", ["playwright", "install", "chromium"]),
  },
  {
    command: "apt-get install chromium",
    usable: process.getuid?.() === 0 && existsSync("/etc/debian_version"),
    run: async () => {
      await runProgram("apt-get", ["update"]);
      await runProgram("apt-get", ["install", "--yes", "--no-install-recommends", "chromium"]);
    },
  },
];

/**
 * Sees to it that the browser tests have a browser.
 *
 * @param present whether there is one now
 * @param steps what to try while there is none
 * @throws Error with one sentence when there still is none
 */
export async function ensureChromium(
  present: () => boolean = hasChromium,
  steps: readonly InstallStep[] = INSTALL_STEPS,
): Promise<void> {
  const usable = steps.filter((step) => step.usable);
  for (const step of usable) {
    if (present()) return;
    // A step that fails leaves the next one to try; what counts is whether a browser is there.
    await step.run().catch(() => undefined);
  }
  if (present()) return;
  const tried = usable.map(({ command }) => `\`${command}\``).join(" and ");
  throw new Error(
    `The browser tests need Chromium, Chrome or Edge: none was found and ${tried} did not help; install one, or name it in MFA_HARNESS_BROWSER.`,
  );
}
