import { type BigIntStats, readlinkSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { HarnessError } from "../../errors.ts";

/** A file that a command reads. */
export interface InputFile {
  /** What it is, for messages. */
  readonly what: string;
  readonly path: string;
}

/** Links that lead to links are followed so far; a ring of them is none that can be written to. */
const MAX_LINKS = 40;

/** The file at the end of any links; where none is yet, the place where it would be made. */
function placeOf(path: string, links = 0): string {
  try {
    return realpathSync.native(path);
  } catch {
    const folder = dirname(resolve(path));
    const target = links < MAX_LINKS ? linkTarget(path) : undefined;
    if (target !== undefined) return placeOf(resolve(folder, target), links + 1);
    return folder === resolve(path) ? folder : join(placeOf(folder, links), basename(path));
  }
}

/** Where a link leads that leads to nothing yet; undefined: it is none. */
function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

/** Undefined: nothing is there, or it cannot be looked at; who opens it says why. */
function statOf(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true });
  } catch {
    return undefined;
  }
}

/** What tells one file from another: two names of one file are one, be they links of either kind. */
function identityOf(path: string): string {
  const found = statOf(path);
  return found === undefined || found.ino === 0n ? placeOf(path) : `${found.dev}:${found.ino}`;
}

/** What may be written to by many, and keeps nothing. */
function isDevice(path: string): boolean {
  const found = statOf(path);
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

function conflict(message: string): HarnessError {
  return new HarnessError(
    "ERR_USAGE",
    message,
    "Choose another path after --reporter name:path; nothing was run.",
  );
}

/**
 * Sees to it that each report has a file of its own, and that none is written over what is read.
 *
 * @param reports paths of the reports
 * @param inputs what the command reads
 * @throws HarnessError `ERR_USAGE` that names both
 */
export function checkReportPaths(reports: readonly string[], inputs: readonly InputFile[]): void {
  const read = new Map(inputs.map((input) => [identityOf(input.path), input]));
  const taken = new Map<string, string>();
  for (const path of reports.filter((one) => !isDevice(one))) {
    const place = identityOf(path);
    const input = read.get(place);
    if (input !== undefined) throw conflict(`the report ${path} would overwrite ${input.what} ${input.path}`);
    const other = taken.get(place);
    if (other !== undefined) throw conflict(`two reports go to the same file: ${other} and ${path}`);
    taken.set(place, path);
  }
}
