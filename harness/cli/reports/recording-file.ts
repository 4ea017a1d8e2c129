import { readFile } from "node:fs/promises";
import { HarnessError } from "../../errors.ts";
import { isBarelyBegun, readRecording, type Recording } from "../../report/replay.ts";

/**
 * Reads a file that the reporter `jsonl` wrote.
 *
 * @throws HarnessError `ERR_FILE_UNREADABLE`, or `ERR_RUN_UNREADABLE` with the place as `file:line`
 */
export async function readRecordingFile(file: string): Promise<Recording> {
  return recordingOf(file, await readText(file));
}

/**
 * Reads a file that the reporter `jsonl` wrote, or began to write.
 *
 * @returns undefined when the run was killed before it had told anything
 * @throws HarnessError as `readRecordingFile` does
 */
export async function readBegunRecordingFile(file: string): Promise<Recording | undefined> {
  const text = await readText(file);
  return isBarelyBegun(text) ? undefined : recordingOf(file, text);
}

async function readText(file: string): Promise<string> {
  return await readFile(file, "utf8").catch((cause: unknown) => {
    const hint = "Give a file that run --reporter jsonl:<file> wrote.";
    throw new HarnessError("ERR_FILE_UNREADABLE", `cannot read ${file}`, hint, { cause });
  });
}

function recordingOf(file: string, text: string): Recording {
  const read = readRecording(text);
  if ("start" in read) return read;
  const hint = "The file must be as the reporter jsonl wrote it.";
  throw new HarnessError("ERR_RUN_UNREADABLE", `${file}:${read.line}: ${read.message}`, hint);
}
