import { readFile } from "node:fs/promises";
import { HarnessError } from "../../errors.ts";
import { mergeRecordings } from "../../report/merge.ts";
import { readRecording, type Recording, replay } from "../../report/replay.ts";
import { openReports } from "../reports.ts";
import { print } from "../terminal.ts";

/** Flags of `mfa-harness report`, as parsed. */
export interface ReportFlags {
  readonly reporter?: readonly string[];
}

const DEFAULT_REPORTERS = ["list", "html"];

/** `mfa-harness report`: renders a recorded run again, the shards of one put together. */
export async function reportCommand(files: readonly string[], flags: ReportFlags): Promise<void> {
  const merged = mergeRecordings(await Promise.all(files.map(readFileOfRun)));
  if ("problem" in merged) {
    const hint =
      "Give one file, or each shard of one run once: those that run --shard i/n --reporter jsonl:… wrote.";
    throw new HarnessError("ERR_RUN_UNREADABLE", merged.problem, hint);
  }
  const reports = openReports(flags.reporter ?? DEFAULT_REPORTERS);
  for (const event of replay(merged)) reports.onEvent(event);
  for (const path of reports.close()) print(`report: ${path}\n`);
}

async function readFileOfRun(file: string): Promise<Recording> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    const hint = "Give files that run --reporter jsonl:<file> wrote.";
    throw new HarnessError("ERR_FILE_UNREADABLE", `cannot read ${file}`, hint, { cause });
  });
  const read = readRecording(text);
  if ("start" in read) return read;
  const hint = "The file must be as the reporter jsonl wrote it.";
  throw new HarnessError("ERR_RUN_UNREADABLE", `${file}:${read.line}: ${read.message}`, hint);
}
