import { citationsOf, rules } from "../../src/index.ts";
import type { IdpTrust } from "../idp/trust.ts";
import type { Case } from "../scenario/expand.ts";
import type { Scenario } from "../scenario/schema.ts";
import type { Target } from "../target/target.ts";
import { attemptCase } from "./attempt.ts";
import { makeWatch } from "./brought-down.ts";
import { caseInfo } from "./case-info.ts";
import { makeControls } from "./controls.ts";
import type { CaseEnd, LeftOut, RuleNote, RunEvent, Shard } from "./events.ts";
import { makeEvidenceStore } from "./evidence.ts";
import { besideCases, makePatience } from "./patience.ts";
import type { Plan } from "./plan.ts";
import { plainestCases } from "./unchecked-signature.ts";
import { attemptWithRetries, type CaseOptions, runCase } from "./run-case.ts";

/** Everything a run needs: what to run, against what, and how many at a time. */
export interface RunOptions {
  readonly plan: Plan;
  readonly shard?: Shard | undefined;
  /** Where the controls of the cases are found, chosen or not. */
  readonly scenarios: readonly Scenario[];
  /** Cases that the chosen transports leave out; only counted, so that a report can say so. */
  readonly notRun: number;
  /** What targets are not taken through; only told. */
  readonly leftOut?: readonly LeftOut[] | undefined;
  readonly targets: readonly Target[];
  readonly trust: IdpTrust;
  readonly workers: number;
  /** Default 60. */
  readonly timeoutSeconds?: number | undefined;
  /** Default 0. */
  readonly retries?: number | undefined;
  /** Folder for what browsers showed in attempts that did not pass; default: nothing is kept. */
  readonly evidence?: string | undefined;
  /** Asked before each case: whether the run has told enough, as with `--fail-fast`; default: never. */
  readonly isEnough?: (() => boolean) | undefined;
  /** What an earlier, interrupted run of this plan has told: it is told again and not run. */
  readonly ended?: readonly CaseEnd[] | undefined;
  /** Aborting starts no further case; the run still ends in order. */
  readonly signal: AbortSignal;
  /** When each target was seen to accept a good sign-in before this run; where its control fails, that is told. */
  readonly acceptedBefore?: ReadonlyMap<string, string> | undefined;
  /** Clock, seconds since the epoch. */
  readonly now: () => number;
  readonly onEvent: (event: RunEvent) => void;
}

const DEFAULT_TIMEOUT_SECONDS = 60;

/** After so many rounds in which no worker got an answer from a target, nothing more is expected of it. */
const ROUNDS_IN_VAIN = 3;

/**
 * Runs the cases and tells what happens as events; cases run in parallel, each with a user of its own.
 *
 * @throws HarnessError when the harness could not do its work, after `run-end` was told
 */
export async function run(options: RunOptions): Promise<void> {
  const { plan, onEvent, now, signal, ended = [], isEnough = () => false } = options;
  onEvent(runStart(options));
  for (const event of ended) tellAgain(event, onEvent);
  const done = new Set(ended.map(({ id }) => id));
  const queue = plan.cases.values();
  const caseOptions = caseOptionsOf(options);
  const failures: unknown[] = [];
  const worker = async (): Promise<void> => {
    for (const next of queue) {
      if (done.has(next.id)) continue;
      if (signal.aborted || failures.length > 0 || isEnough()) return;
      try {
        if (await runAndTell(next, caseOptions, onEvent)) done.add(next.id);
      } catch (failure) {
        failures.push(failure);
      }
    }
  };
  await Promise.all(Array.from({ length: options.workers }, worker));
  // Whoever stops a run after its last case has interrupted nothing.
  onEvent({ type: "run-end", at: now(), interrupted: done.size < plan.cases.length });
  if (failures.length > 0) throw failures[0];
}

function caseOptionsOf(options: RunOptions): CaseOptions {
  const { targets, trust, signal, scenarios, retries = 0 } = options;
  const timeoutSeconds = options.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS;
  const patience = makePatience(ROUNDS_IN_VAIN * options.workers, options.workers);
  const evidence = options.evidence === undefined ? undefined : makeEvidenceStore(options.evidence);
  const attempt = { targets, trust, signal, timeoutSeconds, retries, patience, evidence };
  const { watched } = makeWatch({
    probe: (good) => attemptCase(good, { ...attempt, evidence: undefined, patience: besideCases(patience) }),
    signal,
    isLost: (target) => patience.lostWith(target) !== undefined,
  });
  const controls = makeControls(
    scenarios,
    (control) => watched(control, () => attemptWithRetries(control, attempt)),
    options.acceptedBefore,
  );
  return { ...attempt, controls, watched, plainest: plainestCases(options.plan.ofAllShards) };
}

function tellAgain(event: CaseEnd, onEvent: RunOptions["onEvent"]): void {
  onEvent({ type: "case-start", id: event.id });
  onEvent(event);
}

function runStart({ plan, shard, notRun, leftOut = [], now }: RunOptions): RunEvent {
  return {
    type: "run-start",
    format: 1,
    at: now(),
    plan: plan.id,
    ...(shard === undefined ? {} : { shard }),
    rules: RULES,
    cases: plan.cases.map(caseInfo),
    notRun,
    ...(leftOut.length === 0 ? {} : { leftOut }),
  };
}

const RULES: readonly RuleNote[] = rules.map(({ id, severity, title, remedy, requirements, reference }) => {
  const url = citationsOf(reference).find((citation) => citation.url?.startsWith("https:"))?.url;
  const references = [...requirements, reference];
  return { id, severity, title, remedy, references, ...(url === undefined ? {} : { url }) };
});

/** @returns whether it came to an end; not when the run was stopped meanwhile */
async function runAndTell(
  next: Case,
  options: CaseOptions,
  onEvent: RunOptions["onEvent"],
): Promise<boolean> {
  onEvent({ type: "case-start", id: next.id });
  const started = performance.now();
  const result = await runCase(next, options).catch((error: unknown) => {
    if (options.signal.aborted) return undefined;
    throw error;
  });
  if (result === undefined) return false;
  const durationMilliseconds = Math.round(performance.now() - started);
  onEvent({ type: "case-end", id: next.id, result: { ...result, durationMilliseconds } });
  return true;
}
