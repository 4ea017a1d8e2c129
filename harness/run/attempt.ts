import type { Verdict } from "../../src/index.ts";
import { HarnessError } from "../errors.ts";
import type { IssuedArtifact } from "../idp/issued.ts";
import { ownIssuerTrust } from "../idp/own-issuer.ts";
import type { IdpTrust } from "../idp/trust.ts";
import type { Case } from "../scenario/expand.ts";
import type { Observation } from "../target/observation.ts";
import type { Target } from "../target/target.ts";
import type { EvidenceKeeper } from "../transport/evidence.ts";
import { compare } from "./compare.ts";
import { letsInSomebodyElse } from "./decisions.ts";
import { startDeadline } from "./deadline.ts";
import type { CaseResult, Outcome } from "./events.ts";
import type { EvidenceStore } from "./evidence.ts";
import { judgeIssued } from "./judge-issued.ts";
import { isNameOfSignedPart } from "./name-from.ts";
import { neverReached } from "./never-reached.ts";
import { presumedOtherwise } from "./presumptions.ts";
import { isLongWait, type Patience } from "./patience.ts";
import { shownPage } from "./shown-page.ts";
import { whoseUnseen } from "./whose-unseen.ts";

/** What one attempt at a case needs. */
export interface AttemptOptions {
  readonly targets: readonly Target[];
  readonly trust: IdpTrust;
  /** Longest time that one attempt may take. */
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
  /** Absent: each attempt waits its whole time. */
  readonly patience?: Patience;
  /** Absent: nothing that a browser showed is kept. */
  readonly evidence?: EvidenceStore | undefined;
}

/** What came of one attempt. */
export type Attempted = Pick<
  CaseResult,
  "outcome" | "observation" | "verdict" | "nameFrom" | "evidence" | "lastPage" | "severity"
> & {
  /** What the request named that was answered; absent: it is not known. */
  readonly asked?: IssuedArtifact["asked"];
};

function told(problem: string): Attempted {
  const outcome: Outcome = { status: "error", differences: problem.split("\n") };
  return { outcome, observation: undefined, verdict: undefined };
}

/** An artifact of an issuer of its own is judged by whoever trusts that one. */
function trustFor({ ownIssuer }: Observation, trust: IdpTrust): IdpTrust {
  return ownIssuer === undefined ? trust : ownIssuerTrust(trust, new URL(trust.oidcIssuer).origin, ownIssuer);
}

interface Watch {
  readonly signal: AbortSignal;
  readonly keeper: EvidenceKeeper | undefined;
}

async function observe(next: Case, options: AttemptOptions, { signal, keeper }: Watch): Promise<Observation> {
  const { scenario, transport } = next;
  const target = options.targets.find(({ name }) => name === next.target);
  if (target === undefined) throw new TypeError(`no target is called ${next.target}`);
  const { emission, issuer, flow, steps, asked, asks, later } = scenario;
  const user = `${next.id.replaceAll(/[^a-z0-9-]/gi, ".")}@partner.example`;
  const course = { issuer, flow, steps, asked, asks, later };
  const kept = keeper === undefined ? {} : { keeper };
  return await within(
    target.observe({ emission, transport, user, signal, course, id: next.id, ...kept }),
    signal,
  );
}

/** A target that does not heed the signal is not waited for. */
async function within<Result>(job: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const over = Promise.withResolvers<never>();
  const giveUp = (): void => over.reject(new DOMException("The attempt is over", "AbortError"));
  if (signal.aborted) giveUp();
  signal.addEventListener("abort", giveUp, { once: true });
  try {
    return await Promise.race([job, over.promise]);
  } finally {
    signal.removeEventListener("abort", giveUp);
  }
}

/**
 * Tries a case once, and keeps what a browser showed if it did not pass.
 *
 * @param attempt which one it is, from 1
 * @throws whatever {@link tryCase} does
 */
export async function attemptCase(next: Case, options: AttemptOptions, attempt = 1): Promise<Attempted> {
  if (options.evidence === undefined || next.transport !== "browser") return await tryCase(next, options);
  const record = options.evidence.begin(next.id, attempt);
  try {
    const attempted = await tryCase(next, options, record.keeper);
    const evidence = await record.settle(attempted.outcome.status !== "pass");
    return evidence.length === 0 ? attempted : { ...attempted, evidence };
  } finally {
    await record.settle(false);
  }
}

/**
 * Tries a case once: what the target does with the emission, what the judge says of what crossed, and how both compare
 * with what the scenario demands. A target that is not there or takes too long is an outcome, `error`.
 *
 * @throws whatever else goes wrong: that is the harness's own failure; an abort of the run too
 */
async function tryCase(next: Case, options: AttemptOptions, keeper?: EvidenceKeeper): Promise<Attempted> {
  const { patience, timeoutSeconds } = options;
  const lost = patience?.lostWith(next.target);
  if (lost !== undefined) return told(lost);
  using deadline = startDeadline(options.signal, timeoutSeconds);
  const started = performance.now();
  try {
    const observation = await observe(next, options, { signal: deadline.signal, keeper });
    patience?.note(next.target, "answered");
    return await judgeAndCompare(next, observation, options.trust);
  } catch (error) {
    options.signal.throwIfAborted();
    const isOver = deadline.isOver();
    const problem = isOver ? `no decision within ${timeoutSeconds} s` : problemOf(error);
    const isLong = isOver || isLongWait((performance.now() - started) / 1000, timeoutSeconds);
    patience?.note(next.target, isLong ? "in vain" : "answered");
    return told(problem);
  }
}

/** @throws the error itself, unless it says that the target is not there */
function problemOf(error: unknown): string {
  if (error instanceof HarnessError && error.code === "ERR_TARGET_UNREACHABLE") return error.message;
  throw error;
}

/** What an app did without the fault says nothing of what it would have done with it. */
function outcomeOf(next: Case, observation: Observation, verdict: Verdict | undefined): Outcome {
  const { scenario, transport } = next;
  const missing = [...neverReached(scenario, observation), ...whoseUnseen(scenario, observation)];
  if (missing.length > 0) return { status: "inconclusive", differences: missing };
  const outcome = compare(scenario.expect, transport, observation, verdict);
  const isExcused = outcome.status === "fail" || outcome.status === "inconclusive";
  if (!isExcused || letsInSomebodyElse(observation)) return outcome;
  return presumedOtherwise(scenario, observation) ?? outcome;
}

async function judgeAndCompare(next: Case, observation: Observation, trust: IdpTrust): Promise<Attempted> {
  const { issued, lastPage, ...seen } = observation;
  const verdict = issued === undefined ? undefined : await judgeIssued(issued, trustFor(observation, trust));
  const outcome = outcomeOf(next, observation, verdict);
  // What went as it should needs no picture of the page, and a report has room for few.
  const shown = outcome.status === "pass" || lastPage === undefined ? {} : { lastPage: shownPage(lastPage) };
  const isSigned =
    issued !== undefined && (await isNameOfSignedPart(observation, issued, trust.samlCertificate));
  const from = isSigned ? { nameFrom: "signed-part" as const } : {};
  return { outcome, observation: seen, verdict, ...from, ...shown, asked: issued?.asked };
}
