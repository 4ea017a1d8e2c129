import { HarnessError } from "../../errors.ts";
import type { RunEvent } from "../../run/events.ts";
import { REFERENCE_TARGETS } from "../../run/reference-facts.ts";
import { type Case, expandCases } from "../../scenario/expand.ts";
import { loadScenarios } from "../../scenario/load.ts";
import { type Transport, TRANSPORTS } from "../../scenario/schema.ts";
import { BUNDLED_SCENARIOS } from "../../scenario/bundled.ts";
import { loadConfig } from "../config.ts";
import { onInterrupt } from "../interrupt.ts";
import { openReports, type Reports } from "../reports.ts";
import { print } from "../terminal.ts";

const DEFAULT_REPORTERS = ["list", "html"];
const DEFAULT_TRANSPORTS: readonly Transport[] = ["direct", "protocol"];
const DEFAULT_WORKERS = 8;

/** Flags of `mfa-harness run`, as parsed. */
export interface RunFlags {
  readonly config?: string;
  readonly reporter?: readonly string[];
  readonly transport?: readonly string[];
  readonly workers?: number;
}

/** `mfa-harness run`: runs scenarios and writes the reports. @returns the exit code: 0, 1 or 2 */
export async function runCommand(paths: readonly string[], flags: RunFlags): Promise<number> {
  const config = await loadConfig(flags.config);
  const folders = paths.length > 0 ? paths : (config.scenarios ?? [BUNDLED_SCENARIOS]);
  const scenarios = await loadScenarios(folders);
  const transports = flags.transport?.map(transportNamed) ?? config.transports ?? DEFAULT_TRANSPORTS;
  const cases = expandCases(scenarios, REFERENCE_TARGETS, transports);
  const notRun = expandCases(scenarios, REFERENCE_TARGETS, TRANSPORTS).length - cases.length;
  const reports = openReports(flags.reporter ?? config.reporters ?? DEFAULT_REPORTERS);
  const workers = flags.workers ?? config.workers ?? DEFAULT_WORKERS;
  return await runCases(cases, { notRun, workers }, reports);
}

interface Limits {
  readonly notRun: number;
  readonly workers: number;
}

async function runCases(cases: readonly Case[], limits: Limits, reports: Reports): Promise<number> {
  // Loaded late: a mistake in a file or a flag is told at once.
  const [{ startReferenceTargets }, { run }] = await Promise.all([
    import("../../run/reference-targets.ts"),
    import("../../run/run.ts"),
  ]);
  using interrupt = onInterrupt();
  await using running = await startReferenceTargets(cases);
  const tally = exitCodeOf();
  const onEvent = (event: RunEvent): void => {
    tally.count(event);
    reports.onEvent(event);
  };
  const { signal } = interrupt;
  const { targets, trust } = running;
  try {
    await run({ cases, ...limits, targets, trust, signal, now, onEvent });
  } finally {
    for (const path of reports.close()) print(`report: ${path}\n`);
  }
  return tally.code();
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}

/** 2 when something could not be told or the run was cut short, 1 when a case failed, else 0. */
function exitCodeOf(): { count: (event: RunEvent) => void; code: () => number } {
  let code = 0;
  return {
    count: (event) => {
      if (event.type === "case-end" && event.result.outcome.status === "fail") code = Math.max(code, 1);
      if (event.type === "case-end" && event.result.outcome.status === "error") code = 2;
      if (event.type === "run-end" && event.interrupted) code = 2;
    },
    code: () => code,
  };
}

function transportNamed(name: string): Transport {
  const transport = TRANSPORTS.find((known) => known === name);
  if (transport !== undefined) return transport;
  const hint = `Known transports: ${TRANSPORTS.join(", ")}.`;
  throw new HarnessError("ERR_USAGE", `there is no transport "${name}"`, hint);
}
