import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";
import type { RealApp } from "../../docs/real-apps/read-records.ts";
import { type RealAppRecord, recordOf } from "../../docs/real-apps/record.ts";
import { readRecordingFile } from "../../harness/cli/reports/recording-file.ts";
import { mfaHarness } from "../support/command-line.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { freePort } from "./portal.ts";

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Apps that share a configuration file stand together, by the folder of that file. */
const FOLDERS = {
  "express-openid-connect": ["express-openid-connect", "express-openid-connect-code"],
  "auth-js": ["auth-js"],
  "mod-auth-openidc": ["mod-auth-openidc"],
  "passport-saml": ["passport-saml"],
  "mod-auth-mellon": ["mod-auth-mellon"],
  shibboleth: ["shibboleth"],
  simplesamlphp: ["simplesamlphp"],
} as const satisfies Readonly<Record<string, readonly RealApp[]>>;

/** A folder with the configuration file of one or more apps. */
export type SuiteFolder = keyof typeof FOLDERS;

/** Every folder with a configuration. */
export const SUITE_FOLDERS: readonly SuiteFolder[] = [
  "express-openid-connect",
  "auth-js",
  "mod-auth-openidc",
  "passport-saml",
  "mod-auth-mellon",
  "shibboleth",
  "simplesamlphp",
];

/** The apps of a folder. */
export function appsOf(folder: SuiteFolder): readonly RealApp[] {
  return FOLDERS[folder];
}

const DEBIAN_PACKAGES = {
  "mod-auth-openidc": "libapache2-mod-auth-openidc",
  "mod-auth-mellon": "libapache2-mod-auth-mellon",
  shibboleth: "libapache2-mod-shib",
  simplesamlphp: "simplesamlphp",
} as const;

const NPM_PACKAGES = {
  "express-openid-connect": "express-openid-connect",
  "auth-js": "@auth/express",
  "passport-saml": "@node-saml/passport-saml",
} as const;

const packageSchema = z.object({ version: z.string() });

function isOfDebian(folder: SuiteFolder): folder is keyof typeof DEBIAN_PACKAGES {
  return folder in DEBIAN_PACKAGES;
}

async function versionOf(folder: SuiteFolder): Promise<string> {
  if (!isOfDebian(folder)) {
    const file = join(ROOT, "node_modules", NPM_PACKAGES[folder], "package.json");
    const { version } = packageSchema.parse(JSON.parse(await readFile(file, "utf8")));
    return `${NPM_PACKAGES[folder]} ${version}`;
  }
  const name = DEBIAN_PACKAGES[folder];
  const { stdout } = await run("dpkg-query", ["-W", "-f", "${Version}", name]);
  return `${name} ${stdout}`;
}

/** The configuration with ports that are free now: users see fixed ones, and two runs must not meet. */
async function withFreePorts(text: string): Promise<string> {
  const ports = new Set(text.match(/44\d\d/g));
  const free = new Map(await Promise.all([...ports].map(async (port) => [port, await freePort()] as const)));
  return text.replaceAll(/44\d\d/g, (port) => String(free.get(port)));
}

/**
 * Runs the suite against the apps of a folder, from the command line as a user does.
 *
 * @throws Error with what the command line said, when it could not do its work
 */
export async function runSuite(folder: SuiteFolder): Promise<readonly RealAppRecord[]> {
  const configuration = new URL(`apps/${folder}/mfa-harness.yaml`, import.meta.url);
  await using files = await temporaryFolder({
    "mfa-harness.yaml": await withFreePorts(await readFile(configuration, "utf8")),
  });
  const stream = join(files.path, "run.jsonl");
  const args = ["run", "--config", join(files.path, "mfa-harness.yaml"), "--reporter", `jsonl:${stream}`];
  const { stdout, stderr } = await mfaHarness(args, ROOT);
  const recording = await readRecordingFile(stream).catch((cause: unknown) => {
    throw new Error(`${stdout}${stderr}`, { cause });
  });
  const version = await versionOf(folder);
  return appsOf(folder).map((app) => recordOf(app, version, recording));
}
