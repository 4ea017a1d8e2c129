import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
  "microsoft-edge",
  "microsoft-edge-stable",
  "msedge",
];

const MAC_APPLICATIONS = ["Chromium", "Google Chrome", "Microsoft Edge"];

const WINDOWS_PROGRAMS = [
  "Google\\Chrome\\Application\\chrome.exe",
  "Microsoft\\Edge\\Application\\msedge.exe",
];

/**
 * Finds an installed Chromium, Chrome or Edge.
 *
 * @param environment `MFA_HARNESS_BROWSER` names the program and wins unseen; else `PATH`, then the usual places
 * @returns path of the program, or undefined when there is none
 */
export function findBrowser(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  const chosen = environment["MFA_HARNESS_BROWSER"];
  if (chosen !== undefined && chosen !== "") return chosen;
  return [...placesInPath(environment), ...usualPlaces(environment)].find(isProgram);
}

function usualPlaces(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  if (process.platform === "darwin") {
    return MAC_APPLICATIONS.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  if (process.platform === "win32") {
    const roots = [
      environment["ProgramFiles"],
      environment["ProgramFiles(x86)"],
      environment["LOCALAPPDATA"],
    ];
    return roots.flatMap((root) =>
      root === undefined ? [] : WINDOWS_PROGRAMS.map((program) => join(root, program)),
    );
  }
  return NAMES.map((name) => `/usr/bin/${name}`);
}

function placesInPath(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const folders = (environment["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const suffix = process.platform === "win32" ? ".exe" : "";
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name + suffix)));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
