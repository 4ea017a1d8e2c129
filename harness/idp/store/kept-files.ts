import { randomUUID } from "node:crypto";
import {
  chmod,
  constants,
  copyFile,
  link,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { HarnessError } from "../../errors.ts";
import type { Shelf } from "./store.ts";

/** What each file says of itself; a later layout gets another number. */
const VERSION = 1;

/** Where in the state folder of a project the IdP keeps what is its own. */
const KEYS = "keys";

/** Why a file or a folder cannot be written: nobody's mistake, and no reason to refuse work. */
const NOT_WRITABLE = new Set(["EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT"]);

/** What is made once and kept: whoever comes first makes it, everybody else finds it. */
export type Kept<Value> = Pick<Shelf<Value>, "get" | "add">;

/** The code by which Node says what went wrong with a file. */
function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** A file of the state folder that is not what was written there. */
export function unusable(path: string, why: string, cause?: unknown): HarnessError {
  const hint =
    "Start once with --fresh-keys for new keys; apps that hold the old ones have to fetch them again.";
  return new HarnessError("ERR_KEYS_UNREADABLE", `cannot use ${path}: ${why}`, hint, { cause });
}

function valueIn(path: string, text: string): unknown {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (cause) {
    throw unusable(path, "it is no JSON", cause);
  }
  if (typeof found !== "object" || found === null || !("version" in found) || !("value" in found))
    throw unusable(path, 'expected an object with "version" and "value"');
  if (found.version === VERSION) return found.value;
  throw unusable(path, `it is of version ${JSON.stringify(found.version)}, and expected is ${VERSION}`);
}

async function readKept(path: string): Promise<unknown> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    if (codeOf(cause) === "ENOENT") return undefined;
    throw unusable(path, codeOf(cause), cause);
  });
  return text === undefined ? undefined : valueIn(path, text);
}

/** Two who write at once never see half of a file, and one of them gets what the other wrote. */
async function writeOnce(path: string, value: unknown): Promise<boolean> {
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    const text = `${JSON.stringify({ version: VERSION, value }, undefined, 2)}\n`;
    await writeFile(draft, text, { mode: 0o600, flag: "wx" });
    await link(draft, path).catch(async (cause: unknown) => {
      if (codeOf(cause) === "EEXIST") throw cause;
      // A file system without links.
      await copyFile(draft, path, constants.COPYFILE_EXCL);
    });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    // It is for this start only. Whoever comes later makes another, and nobody has seen this one by then.
    if (NOT_WRITABLE.has(codeOf(error))) return true;
    throw error;
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}

/**
 * Makes what finds values of one kind in the folder, each in a file of its own.
 *
 * @param folder state folder of a project, as `prepareKeyFolder` left it
 * @param check reads what a file holds; undefined: it is none
 */
export function keptIn<Value>(folder: string, check: (found: unknown) => Value | undefined): Kept<Value> {
  const at = (key: string): string => join(folder, KEYS, `${key}.json`);
  return {
    get: async (key) => {
      const found = await readKept(at(key));
      const value = found === undefined ? undefined : check(found);
      if (found !== undefined && value === undefined) throw unusable(at(key), `it holds no "${key}"`);
      return value;
    },
    add: async (key, value) => await writeOnce(at(key), value),
  };
}

/**
 * Makes the state folder, for nobody else to read and for no repository to hold.
 *
 * @returns undefined: keys can be kept there; else why not
 * @throws HarnessError `ERR_KEYS_UNREADABLE` when something else is in its place
 */
export async function prepareKeyFolder(folder: string): Promise<string | undefined> {
  const keys = join(folder, KEYS);
  try {
    await mkdir(keys, { recursive: true, mode: 0o700 });
    await writeFile(join(folder, ".gitignore"), "*\n", { flag: "wx" }).catch((cause: unknown) => {
      if (codeOf(cause) !== "EEXIST") throw cause;
    });
    await tighten(folder, keys);
    return undefined;
  } catch (cause) {
    if (!NOT_WRITABLE.has(codeOf(cause))) throw unusable(folder, notAFolder(codeOf(cause)), cause);
    const names: readonly string[] = await readdir(keys).catch(() => []);
    // What is there is read, whether or not more can be written.
    return names.includes("published.json") ? undefined : codeOf(cause);
  }
}

function notAFolder(code: string): string {
  return ["EEXIST", "ENOTDIR"].includes(code) ? "it is no folder" : code;
}

/** Whoever copied the folder or unpacked it may have let others read it. */
async function tighten(folder: string, keys: string): Promise<void> {
  await Promise.all([chmod(folder, 0o700), chmod(keys, 0o700)]);
  const names = (await readdir(keys)).filter((name) => name.endsWith(".json"));
  await Promise.all(names.map(async (name) => await chmod(join(keys, name), 0o600)));
}

/** Takes all keys away, so that the next start makes new ones; where none can be taken away, nothing happens. */
export async function forgetKeys(folder: string): Promise<void> {
  const gone = join(folder, `${KEYS}.${randomUUID()}.tmp`);
  try {
    // First out of the way, at once: nobody finds some of them.
    await rename(join(folder, KEYS), gone);
    await rm(gone, { recursive: true, force: true });
  } catch (error) {
    const isNone = ["ENOENT", "ENOTDIR"].includes(codeOf(error));
    if (!isNone && !NOT_WRITABLE.has(codeOf(error))) throw error;
  }
}
