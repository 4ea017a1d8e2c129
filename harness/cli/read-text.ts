import { readFileSync } from "node:fs";
import { HarnessError } from "../errors.ts";

/**
 * Reads a file that the user named. Nothing else waits meanwhile, and what reads without waiting takes longer to load than
 * most files to read.
 *
 * @param hint the next step when it cannot be read
 * @throws HarnessError `ERR_FILE_UNREADABLE`
 */
export function readTextFile(file: string, hint: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new HarnessError("ERR_FILE_UNREADABLE", `cannot read ${file}`, hint, { cause });
  }
}
