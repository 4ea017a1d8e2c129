import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { HarnessError } from "../errors.ts";
import type { EvidenceFile, EvidenceKeeper, PathOf, SpentBrowser } from "../transport/evidence.ts";

/** Where a run keeps what browsers showed in attempts that did not pass. */
export interface EvidenceStore {
  /** @param attempt which one it is of this case, from 1 */
  readonly begin: (caseId: string, attempt: number) => EvidenceRecord;
}

/** The browsers of one attempt, until its outcome is known. */
interface EvidenceRecord {
  readonly keeper: EvidenceKeeper;
  /**
   * Writes down what they show, or not, and closes them; whatever is handed over later is closed at once.
   *
   * @returns the files, with their paths as the folder was given
   * @throws HarnessError `ERR_REPORT_UNWRITABLE`
   */
  readonly settle: (isKept: boolean) => Promise<readonly EvidenceFile[]>;
}

/** Makes a store; the folder comes into being with the first file in it. */
export function makeEvidenceStore(folder: string): EvidenceStore {
  return { begin: (caseId, attempt) => makeRecord(folder, caseId, attempt) };
}

function makeRecord(folder: string, caseId: string, attempt: number): EvidenceRecord {
  const spent: SpentBrowser[] = [];
  let settled = false;
  const hand = (browser: SpentBrowser): void => {
    // A tab that cannot be closed has nothing to do with what was seen in it.
    if (settled) void Promise.allSettled([browser[Symbol.asyncDispose]()]);
    else spent.push(browser);
  };
  const settle: EvidenceRecord["settle"] = async (isKept) => {
    settled = true;
    const browsers = spent.splice(0);
    try {
      return isKept && browsers.length > 0 ? await writeAll(browsers, folder, { caseId, attempt }) : [];
    } finally {
      await Promise.allSettled(browsers.map((browser) => browser[Symbol.asyncDispose]()));
    }
  };
  return { keeper: { hand }, settle };
}

async function writeAll(
  browsers: readonly SpentBrowser[],
  folder: string,
  { caseId, attempt }: { readonly caseId: string; readonly attempt: number },
): Promise<readonly EvidenceFile[]> {
  try {
    const own = await makeFolder(folder, caseId);
    const files: EvidenceFile[] = [];
    for (const [index, browser] of browsers.entries()) {
      const counts = { screenshot: 0, trace: 0 };
      const pathOf: PathOf = (kind) => {
        counts[kind] += 1;
        const name = kind === "trace" ? "trace.zip" : `page-${counts[kind]}.png`;
        const path = `${own}/browser-${index + 1}-${name}`;
        files.push({ kind, path, attempt });
        return path;
      };
      await browser.keep(pathOf);
    }
    return files;
  } catch (cause) {
    const hint = "Choose another folder with --evidence, or none with --no-evidence.";
    throw new HarnessError("ERR_REPORT_UNWRITABLE", `cannot write to ${folder}`, hint, { cause });
  }
}

/** A folder for one attempt, never one that is there: shards, retries and earlier runs may share the folder around it. */
async function makeFolder(folder: string, caseId: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  // What lies in it must not be committed by mistake: it holds tokens and cookies.
  await writeFile(join(folder, ".gitignore"), "*\n", { flag: "wx" }).catch((error: unknown) => {
    // What somebody else ignores there is theirs to say.
    if (!isThere(error)) throw error;
  });
  for (let number = 1; ; number += 1) {
    const path = `${folder.replaceAll("\\", "/")}/${fileName(caseId)}-${number}`;
    const made = await mkdir(path).catch((error: unknown) => error);
    if (made === undefined) return path;
    if (!isThere(made)) throw made;
  }
}

const LONGEST_NAME = 100;

/** A name that every file system takes; what had to be changed is told apart by a digest. */
function fileName(caseId: string): string {
  const plain = caseId.replaceAll("/", "_");
  const safe = plain.replaceAll(/[^a-z0-9_-]/gi, "-").slice(0, LONGEST_NAME);
  if (safe === plain) return safe;
  return `${safe}-${createHash("sha256").update(caseId).digest("hex").slice(0, 8)}`;
}

function isThere(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}
