import { readFile } from "node:fs/promises";
import { HarnessError } from "../errors.ts";

/**
 * Reads a file that the user named.
 *
 * @param hint the next step when it cannot be read
 * @throws HarnessError `ERR_FILE_UNREADABLE`
 */
export async function readTextFile(file: string, hint: string): Promise<string> {
  return await readFile(file, "utf8").catch((cause: unknown) => {
    throw new HarnessError("ERR_FILE_UNREADABLE", `cannot read ${file}`, hint, { cause });
  });
}
