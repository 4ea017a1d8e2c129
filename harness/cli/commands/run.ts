import { HarnessError } from "../../errors.ts";
import { REFERENCE_TARGETS } from "../../run/reference-facts.ts";
import { type Case, expandCases } from "../../scenario/expand.ts";
import { loadScenarios } from "../../scenario/load.ts";
import { type Transport, TRANSPORTS } from "../../scenario/schema.ts";
import { BUNDLED_SCENARIOS } from "../../scenario/bundled.ts";
import { loadConfig } from "../config.ts";
import { makeExitCode } from "../exit-code.ts";
import { onInterrupt } from "../interrupt.ts";
import { type HeldAgainst, holdAgainst } from "../listeners.ts";
import { openReports, type Reports } from "../reports.ts";
import { print } from "../terminal.ts";

const DEFAULT_REPORTERS = ["list", "html"];
const DEFAULT_TRANSPORTS: readonly Transport[] = ["direct", "protocol"];
const DEFAULT_WORKERS = 8;

/** Flags of `mfa-harness run`, as parsed. */
export interface RunFlags extends HeldAgainst {
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
  const baseline = flags.baseline ?? config.baseline;
  const plan = { notRun, workers, held: { baseline, compare: flags.compare } };
  return await runCases(cases, plan, reports);
}

interface Plan {
  readonly held: HeldAgainst;
  readonly notRun: number;
  readonly workers: number;
}

async function runCases(
  cases: readonly Case[],
  { held, ...limits }: Plan,
  reports: Reports,
): Promise<number> {
  // Loaded late: a mistake in a file or a flag is told at once.
  const [{ startReferenceTargets }, { run }] = await Promise.all([
    import("../../run/reference-targets.ts"),
    import("../../run/run.ts"),
  ]);
  using interrupt = onInterrupt();
  await using running = await startReferenceTargets(cases);
  const exit = makeExitCode();
  const onEvent = await holdAgainst(held, now(), (event) => {
    exit.count(event);
    reports.onEvent(event);
  });
  const { signal } = interrupt;
  const { targets, trust } = running;
  try {
    await run({ cases, ...limits, targets, trust, signal, now, onEvent });
  } finally {
    for (const path of reports.close()) print(`report: ${path}\n`);
  }
  return exit.code();
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}

function transportNamed(name: string): Transport {
  const transport = TRANSPORTS.find((known) => known === name);
  if (transport !== undefined) return transport;
  const hint = `Known transports: ${TRANSPORTS.join(", ")}.`;
  throw new HarnessError("ERR_USAGE", `there is no transport "${name}"`, hint);
}
