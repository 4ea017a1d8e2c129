import { readFile } from "node:fs/promises";
import { HarnessError } from "../errors.ts";
import { readRecording, type Recording } from "../report/replay.ts";

/**
 * Reads a file that the reporter `jsonl` wrote.
 *
 * @throws HarnessError `ERR_FILE_UNREADABLE`, or `ERR_RUN_UNREADABLE` with the place as `file:line`
 */
export async function readRecordingFile(file: string): Promise<Recording> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    const hint = "Give a file that run --reporter jsonl:<file> wrote.";
    throw new HarnessError("ERR_FILE_UNREADABLE", `cannot read ${file}`, hint, { cause });
  });
  const read = readRecording(text);
  if ("start" in read) return read;
  const hint = "The file must be as the reporter jsonl wrote it.";
  throw new HarnessError("ERR_RUN_UNREADABLE", `${file}:${read.line}: ${read.message}`, hint);
}
