import { rules } from "../../src/index.ts";
import type { IdpTrust } from "../idp/mock-idp.ts";
import type { Case } from "../scenario/expand.ts";
import type { Scenario } from "../scenario/schema.ts";
import type { Target } from "../target/target.ts";
import { makeControls } from "./controls.ts";
import type { CaseInfo, CaseResult, RuleNote, RunEvent, Shard } from "./events.ts";
import type { Plan } from "./plan.ts";
import { attemptWithRetries, type CaseOptions, runCase } from "./run-case.ts";

/** Everything a run needs: what to run, against what, and how many at a time. */
export interface RunOptions {
  readonly plan: Plan;
  readonly shard?: Shard | undefined;
  /** Where the controls of the cases are found, chosen or not. */
  readonly scenarios: readonly Scenario[];
  /** Cases that the chosen transports leave out; only counted, so that a report can say so. */
  readonly notRun: number;
  readonly targets: readonly Target[];
  readonly trust: IdpTrust;
  readonly workers: number;
  /** Default 60. */
  readonly timeoutSeconds?: number | undefined;
  /** Default 0. */
  readonly retries?: number | undefined;
  /** Whether the first case that does not pass ends the run. */
  readonly failFast?: boolean | undefined;
  /** What an earlier, interrupted run of this plan has told: it is told again and not run. */
  readonly ended?: readonly Extract<RunEvent, { type: "case-end" }>[] | undefined;
  /** Aborting starts no further case; the run still ends in order. */
  readonly signal: AbortSignal;
  /** Clock, seconds since the epoch. */
  readonly now: () => number;
  readonly onEvent: (event: RunEvent) => void;
}

const DEFAULT_TIMEOUT_SECONDS = 60;

/**
 * Runs the cases and tells what happens as events; cases run in parallel, each with a user of its own.
 *
 * @throws HarnessError when the harness could not do its work, after `run-end` was told
 */
export async function run(options: RunOptions): Promise<void> {
  const { plan, onEvent, now, signal, ended = [] } = options;
  onEvent(runStart(options));
  for (const event of ended) tellAgain(event, onEvent);
  const done = new Set(ended.map(({ id }) => id));
  const queue = plan.cases.values();
  const caseOptions = caseOptionsOf(options);
  const failures: unknown[] = [];
  let stopped = false;
  const worker = async (): Promise<void> => {
    for (const next of queue) {
      if (signal.aborted || stopped) return;
      if (done.has(next.id)) continue;
      const result = await runAndTell(next, caseOptions, onEvent).catch((failure: unknown) => {
        failures.push(failure);
        return undefined;
      });
      stopped ||= failures.length > 0 || (options.failFast === true && isAmiss(result));
    }
  };
  await Promise.all(Array.from({ length: options.workers }, worker));
  onEvent({ type: "run-end", at: now(), interrupted: signal.aborted || stopped });
  if (failures.length > 0) throw failures[0];
}

function caseOptionsOf(options: RunOptions): CaseOptions {
  const { targets, trust, signal, scenarios, retries = 0 } = options;
  const timeoutSeconds = options.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS;
  const attempt = { targets, trust, signal, timeoutSeconds, retries };
  return { ...attempt, controls: makeControls(scenarios, (control) => attemptWithRetries(control, attempt)) };
}

function isAmiss(result: CaseResult | undefined): boolean {
  return result !== undefined && result.outcome.status !== "pass";
}

function tellAgain(event: Extract<RunEvent, { type: "case-end" }>, onEvent: RunOptions["onEvent"]): void {
  onEvent({ type: "case-start", id: event.id });
  onEvent(event);
}

function runStart({ plan, shard, notRun, now }: RunOptions): RunEvent {
  return {
    type: "run-start",
    format: 1,
    at: now(),
    plan: plan.id,
    ...(shard === undefined ? {} : { shard }),
    rules: RULES,
    cases: plan.cases.map(caseInfo),
    notRun,
  };
}

const RULES: readonly RuleNote[] = rules.map(({ id, severity, title, remedy, requirements, reference }) => ({
  id,
  severity,
  title,
  remedy,
  references: [...requirements, reference],
}));

async function runAndTell(
  next: Case,
  options: CaseOptions,
  onEvent: RunOptions["onEvent"],
): Promise<CaseResult | undefined> {
  onEvent({ type: "case-start", id: next.id });
  const started = performance.now();
  const result = await runCase(next, options).catch((error: unknown) => {
    if (options.signal.aborted) return undefined;
    throw error;
  });
  if (result === undefined) return undefined;
  const durationMilliseconds = Math.round(performance.now() - started);
  const ended = { ...result, durationMilliseconds };
  onEvent({ type: "case-end", id: next.id, result: ended });
  return ended;
}

function caseInfo({ id, scenario, transport, target }: Case): CaseInfo {
  const { title, why, references, severity, covers, emission, expect, file } = scenario;
  return {
    id,
    scenario: scenario.id,
    ...(file === undefined ? {} : { file }),
    title,
    why,
    references,
    ...(severity === undefined ? {} : { severity }),
    covers,
    channel: emission.channel,
    transport,
    target,
    expect,
  };
}
