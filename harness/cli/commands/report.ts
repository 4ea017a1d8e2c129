import { HarnessError } from "../../errors.ts";
import { mergeRecordings } from "../../report/merge.ts";
import { replay } from "../../report/replay.ts";
import { makeExitCode } from "../reports/exit-code.ts";
import { type HeldAgainst, heldFiles, holdAgainst } from "../reports/held-against.ts";
import { readRecordingFile } from "../reports/recording-file.ts";
import { openReports } from "../reports/reports.ts";
import { print } from "../terminal.ts";

/** Flags of `mfa-harness report`, as parsed. */
export interface ReportFlags extends HeldAgainst {
  readonly reporter?: readonly string[];
}

const DEFAULT_REPORTERS = ["list", "html"];

/**
 * `mfa-harness report`: renders a recorded run again, the shards of one put together.
 *
 * @returns the exit code that the run itself would have had
 */
export async function reportCommand(files: readonly string[], flags: ReportFlags): Promise<number> {
  const merged = mergeRecordings(await Promise.all(files.map(readRecordingFile)));
  if ("problem" in merged) {
    const hint =
      "Give one file, or each shard of one run once: what run --shard i/n --reporter jsonl:… wrote.";
    throw new HarnessError("ERR_RUN_UNREADABLE", merged.problem, hint);
  }
  const reports = openReports(flags.reporter ?? DEFAULT_REPORTERS, 0, [
    ...files.map((path) => ({ what: "the event stream", path })),
    ...heldFiles(flags),
  ]);
  const exit = makeExitCode();
  const now = Math.floor(Date.now() / 1000);
  const tell = await holdAgainst(flags, now, (event) => {
    exit.count(event);
    reports.onEvent(event);
  });
  for (const event of replay(merged)) tell(event);
  for (const path of reports.close()) print(`report: ${path}\n`);
  return exit.code();
}
