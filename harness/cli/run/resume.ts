import { asFound } from "../../baseline/apply.ts";
import { HarnessError } from "../../errors.ts";
import type { CaseEnd, Shard } from "../../run/events.ts";
import { readBegunRecordingFile } from "../reports/recording-file.ts";
import type { RunRequest } from "./run-request.ts";

/**
 * Reads what an interrupted run has told already, as it was found: a baseline has its say when it is told again.
 *
 * @param file its event stream; undefined: there was none
 * @throws HarnessError when it cannot be read, or is of another run than this one
 */
export async function readEnded(
  { plan, shard }: Pick<RunRequest, "plan" | "shard">,
  file: string | undefined,
): Promise<readonly CaseEnd[]> {
  const recording = file === undefined ? undefined : await readBegunRecordingFile(file);
  if (recording === undefined) return [];
  const { start, ends } = recording;
  if (start.plan !== plan.id) {
    const hint =
      "Resume with the same scenarios, targets, transports, --grep and --seed, and with scenarios and configuration as they were; otherwise begin anew.";
    throw new HarnessError("ERR_USAGE", `${file} is of another plan than this run`, hint);
  }
  if (partOf(start.shard) !== partOf(shard)) {
    const problem = `${file} is ${partOf(start.shard)}, and this run is ${partOf(shard)}`;
    throw new HarnessError("ERR_USAGE", problem, "Resume each shard from its own event stream.");
  }
  return ends.map((end) => ({ ...end, result: { ...end.result, outcome: asFound(end.result.outcome) } }));
}

function partOf(shard: Shard | undefined): string {
  return shard === undefined ? "the whole plan" : `shard ${shard.index}/${shard.count}`;
}
