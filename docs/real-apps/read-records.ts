import { readFile } from "node:fs/promises";
import { type RealAppRecord, realAppRecordSchema } from "./record.ts";

/** In the order of the page. */
const REAL_APPS = [
  "express-openid-connect",
  "express-openid-connect-code",
  "auth-js",
  "mod-auth-openidc",
  "passport-saml",
  "mod-auth-mellon",
  "shibboleth",
  "simplesamlphp",
] as const;

/** A real app, by the name of its target. */
export type RealApp = (typeof REAL_APPS)[number];

/** The file that keeps what a run against an app told. */
export function recordFile(app: RealApp): URL {
  return new URL(`${app}.json`, import.meta.url);
}

/** Reads what the last recorded run against an app told. */
export async function readRecord(app: RealApp): Promise<RealAppRecord> {
  return realAppRecordSchema.parse(JSON.parse(await readFile(recordFile(app), "utf8")));
}

/** Reads what is kept of all apps. */
export async function readRecords(): Promise<readonly RealAppRecord[]> {
  return await Promise.all(REAL_APPS.map(readRecord));
}
