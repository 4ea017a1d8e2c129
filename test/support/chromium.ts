import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "playwright";
import { findBrowser } from "../../harness/transport/browser/find-browser.ts";

/** Runs a program to its end; rejects when it fails or is not there. */
function runProgram(program: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const shell = process.platform === "win32";
    const maxBuffer = 64 * 1024 * 1024;
    execFile(program, args, { shell, maxBuffer }, (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}

/**
 * Finds a browser that the browser driver can use and that really starts: an installed one, or Playwright's own.
 * A distribution's placeholder or a browser without its libraries is none.
 */
async function findRunnable(): Promise<string | undefined> {
  for (const path of [findBrowser(), chromium.executablePath()]) {
    if (path === undefined || !existsSync(path)) continue;
    // On Windows asking for the version opens a window.
    if (process.platform === "win32") return path;
    const runs = await runProgram(path, ["--version"]).then(
      () => true,
      () => false,
    );
    if (runs) return path;
  }
  return undefined;
}

/** One way to get a browser, in the words of the command that does it. */
export interface InstallStep {
  readonly command: string;
  readonly usable: boolean;
  readonly run: () => Promise<void>;
}

/** The ways to get a browser, in the order in which they are tried. */
const INSTALL_STEPS: readonly InstallStep[] = [
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
 * @param find looks for one
 * @param steps what to try while there is none
 * @returns its path
 * @throws Error with one sentence when there still is none
 */
export async function ensureChromium(
  find: () => Promise<string | undefined> = findRunnable,
  steps: readonly InstallStep[] = INSTALL_STEPS,
): Promise<string> {
  const usable = steps.filter((step) => step.usable);
  let found = await find();
  for (const step of usable) {
    if (found !== undefined) break;
    // A step that fails leaves the next one to try; what counts is whether a browser is there.
    await step.run().catch(() => undefined);
    found = await find();
  }
  if (found !== undefined) return found;
  const tried = usable.map(({ command }) => `\`${command}\``).join(" and ");
  throw new Error(
    `The browser tests need Chromium, Chrome or Edge: none was found and ${tried} did not help; install one, or name it in MFA_HARNESS_BROWSER.`,
  );
}
