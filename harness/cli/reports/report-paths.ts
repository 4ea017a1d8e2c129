import { realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { HarnessError } from "../../errors.ts";

/** A file that a command reads. */
export interface InputFile {
  /** What it is, for messages. */
  readonly what: string;
  readonly path: string;
}

/** The file at the end of any links; where none is yet, its place in the folder. */
function placeOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    try {
      return join(realpathSync.native(dirname(path)), basename(path));
    } catch {
      return resolve(path);
    }
  }
}

/** What may be written to by many, and keeps nothing. */
function isDevice(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
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
  const read = new Map(inputs.map((input) => [placeOf(input.path), input]));
  const taken = new Map<string, string>();
  for (const path of reports.filter((one) => !isDevice(one))) {
    const place = placeOf(path);
    const input = read.get(place);
    if (input !== undefined) throw conflict(`the report ${path} would overwrite ${input.what} ${input.path}`);
    const other = taken.get(place);
    if (other !== undefined) throw conflict(`two reports go to the same file: ${other} and ${path}`);
    taken.set(place, path);
  }
}
