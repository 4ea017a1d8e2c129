import { createHash } from "node:crypto";
import { rules } from "../../src/index.ts";
import type { IdpTrust } from "../idp/mock-idp.ts";
import { ownIssuerTrust } from "../idp/own-issuer.ts";
import type { Case } from "../scenario/expand.ts";
import type { Observation } from "../target/observation.ts";
import type { Target } from "../target/target.ts";
import { compare } from "./compare.ts";
import type { CaseInfo, CaseResult, RuleNote, RunEvent } from "./events.ts";
import { judgeIssued } from "./judge-issued.ts";

/** Everything a run needs: what to run, against what, and how many at a time. */
export interface RunOptions {
  readonly cases: readonly Case[];
  /** Cases that the chosen transports leave out; only counted, so that a report can say so. */
  readonly notRun: number;
  readonly targets: readonly Target[];
  readonly trust: IdpTrust;
  readonly workers: number;
  /** Aborting starts no further case; the run still ends in order. */
  readonly signal: AbortSignal;
  /** Clock, seconds since the epoch. */
  readonly now: () => number;
  readonly onEvent: (event: RunEvent) => void;
}

/**
 * Runs the cases and tells what happens as events; cases run in parallel, each with a user of its own.
 *
 * @throws HarnessError when the harness could not do its work, after `run-end` was told
 */
export async function run(options: RunOptions): Promise<void> {
  const { cases, notRun, onEvent, now, signal } = options;
  const plan = planOf(cases.map(({ id }) => id));
  onEvent({
    type: "run-start",
    format: 1,
    at: now(),
    plan,
    rules: RULES,
    cases: cases.map(caseInfo),
    notRun,
  });
  const queue = cases.values();
  const failures: unknown[] = [];
  const worker = async (): Promise<void> => {
    for (const next of queue) {
      if (signal.aborted || failures.length > 0) return;
      await runAndTell(next, options).catch((failure: unknown) => failures.push(failure));
    }
  };
  await Promise.all(Array.from({ length: options.workers }, worker));
  onEvent({ type: "run-end", at: now(), interrupted: signal.aborted || failures.length > 0 });
  if (failures.length > 0) throw failures[0];
}

const RULES: readonly RuleNote[] = rules.map(({ id, severity, title, remedy, requirements, reference }) => ({
  id,
  severity,
  title,
  remedy,
  references: [...requirements, reference],
}));

/** Names a list of cases, so that two runs can tell whether they are of one plan. */
export function planOf(caseIds: readonly string[]): string {
  return createHash("sha256").update(caseIds.join("\n")).digest("base64url");
}

async function runAndTell(next: Case, options: RunOptions): Promise<void> {
  options.onEvent({ type: "case-start", id: next.id });
  const started = performance.now();
  const result = await runCase(next, options).catch((error: unknown) => {
    if (options.signal.aborted) return undefined;
    throw error;
  });
  if (result === undefined) return;
  const durationMilliseconds = Math.round(performance.now() - started);
  options.onEvent({ type: "case-end", id: next.id, result: { ...result, durationMilliseconds } });
}

async function runCase(next: Case, options: RunOptions): Promise<Omit<CaseResult, "durationMilliseconds">> {
  const { scenario, transport } = next;
  const target = options.targets.find(({ name }) => name === next.target);
  if (target === undefined) throw new TypeError(`no target is called ${next.target}`);
  const user = `${next.id.replaceAll("/", ".")}@partner.example`;
  const { emission, issuer, flow, steps } = scenario;
  const observation: Observation = await target.observe({
    emission,
    transport,
    user,
    signal: options.signal,
    course: { issuer, flow, steps },
  });
  const { issued, ...seen } = observation;
  const trust = trustFor(observation, options.trust);
  const verdict = issued === undefined ? undefined : await judgeIssued(issued, trust);
  const outcome = compare(scenario.expect, transport, observation, verdict);
  return { outcome, observation: seen, verdict };
}

/** An artifact of an issuer of its own is judged by whoever trusts that one. */
function trustFor({ ownIssuer }: Observation, trust: IdpTrust): IdpTrust {
  return ownIssuer === undefined ? trust : ownIssuerTrust(trust, new URL(trust.oidcIssuer).origin, ownIssuer);
}

function caseInfo({ id, scenario, transport, target }: Case): CaseInfo {
  const { title, why, references, emission, expect, file } = scenario;
  return {
    id,
    scenario: scenario.id,
    ...(file === undefined ? {} : { file }),
    title,
    why,
    references,
    channel: emission.channel,
    transport,
    target,
    expect,
  };
}
