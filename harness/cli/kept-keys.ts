import { existsSync } from "node:fs";
import { fail } from "./terminal.ts";

/** Where what stays of a project is kept, in the folder that the command is called in. */
export const STATE_FOLDER = ".mfa-harness";

/** What `--fresh-keys` does, for help texts. */
export const FRESH_KEYS = "make new keys and certificates in place of those kept in .mfa-harness";

/** Whether this folder has keys, so that none need to be made ahead. */
export function hasKeptKeys(): boolean {
  return existsSync(`${STATE_FOLDER}/keys/published.json`);
}

/**
 * Says where the IdP keeps its keys: `serve`, `run` and `doctor` of one folder have the same.
 *
 * @param freshKeys whether those so far are thrown away
 * @returns undefined: nothing can be written there, which is told; the keys are for this start only
 * @throws HarnessError `ERR_KEYS_UNREADABLE` when something else is in the folder's place
 */
export async function keepKeys(freshKeys: boolean): Promise<string | undefined> {
  const { forgetKeys, prepareKeyFolder } = await import("../idp/store/kept-files.ts");
  if (freshKeys) await forgetKeys(STATE_FOLDER);
  const why = await prepareKeyFolder(STATE_FOLDER);
  if (why === undefined) return STATE_FOLDER;
  fail(
    `Keys cannot be kept in ${STATE_FOLDER} (${why}): this start has its own, and apps have to fetch them anew.\n`,
  );
  return undefined;
}
