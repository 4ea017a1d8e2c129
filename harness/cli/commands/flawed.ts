import { HarnessError } from "../../errors.ts";
import { printable } from "../../report/printable.ts";
import type { FalseAlarm, FlawedReport, FlawResult, Hunt } from "../../run/run-flawed.ts";
import { loadScenarios } from "../../scenario/load.ts";
import { loadConfig } from "../config/config.ts";
import { exitCodeOf } from "../exit-codes.ts";
import { onInterrupt } from "../interrupt.ts";
import { readRunRequest, type RunFlags } from "../run/run-request.ts";
import { print } from "../terminal.ts";

const HUNTS: readonly Hunt[] = ["first", "named", "all"];

const DEFAULT_TIMEOUT_SECONDS = 60;

function huntNamed(name = "first"): Hunt {
  const hunt = HUNTS.find((known) => known === name);
  if (hunt !== undefined) return hunt;
  throw new HarnessError("ERR_USAGE", `there is no hunt "${name}"`, `Known: ${HUNTS.join(", ")}.`);
}

function flawLine({ flaw, caughtBy, tried, refusedControls }: FlawResult): string {
  if (caughtBy.length > 0) return `ok      ${flaw.id}  caught by ${caughtBy.join(", ")}`;
  const controls = refusedControls.length === 0 ? "" : `, and refuses ${refusedControls.join(", ")}`;
  return `ESCAPED ${flaw.id}  scenarios tried: ${tried}${controls}. ${flaw.mistake}`;
}

function alarmLine({ app, scenario, seen }: FalseAlarm): string {
  return `ALARM   ${app}  ${scenario}: ${seen}`;
}

function summary({ flaws, correct, falseAlarms }: FlawedReport): string {
  const caught = flaws.filter(({ caughtBy }) => caughtBy.length > 0).length;
  return `caught ${caught} of ${flaws.length} flawed, ${falseAlarms.length} false alarms on ${correct.length} correct`;
}

/**
 * `mfa-harness run --flawed`: proves the scenarios on apps with one mistake each, and on correct ones.
 *
 * @returns the exit code: 0 when every mistake is caught and no correct app is blamed, else 1; that of the signal when interrupted
 */
export async function flawedCommand(paths: readonly string[], flags: RunFlags): Promise<number> {
  const hunt = huntNamed(flags.hunt);
  const request = await readRunRequest(paths, flags, await loadConfig(flags.config));
  using interrupt = onInterrupt();
  // Loaded late: a mistake in a file or a flag is told at once.
  const [{ runFlawed }, { CORRECT_APPS, FLAWS }] = await Promise.all([
    import("../../run/run-flawed.ts"),
    import("../../partner/flawed/flaws.ts"),
  ]);
  const flaws = FLAWS.filter(({ id }) => flags.grep === undefined || flags.grep.test(id));
  const { scenarios: controls, folders, workers, timeoutSeconds = DEFAULT_TIMEOUT_SECONDS } = request;
  const scenarios = await loadScenarios(folders);
  try {
    const report = await runFlawed({
      flaws,
      correct: CORRECT_APPS,
      scenarios,
      controls,
      hunt,
      workers,
      timeoutSeconds,
      signal: interrupt.signal,
      onFlaw: (result) => print(`${printable(flawLine(result))}\n`),
    });
    for (const alarm of report.falseAlarms) print(`${printable(alarmLine(alarm))}\n`);
    print(`\n${summary(report)}\n`);
    const isProved = report.flaws.every(({ caughtBy }) => caughtBy.length > 0);
    return exitCodeOf([isProved && report.falseAlarms.length === 0 ? "ok" : "failed"]);
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    print("interrupted\n");
    return interrupt.exitCode() ?? exitCodeOf(["unable"]);
  }
}
