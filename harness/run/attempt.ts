import { HarnessError } from "../errors.ts";
import type { IdpTrust } from "../idp/mock-idp.ts";
import { ownIssuerTrust } from "../idp/own-issuer.ts";
import type { Case } from "../scenario/expand.ts";
import type { Observation } from "../target/observation.ts";
import type { Target } from "../target/target.ts";
import { compare } from "./compare.ts";
import { startDeadline } from "./deadline.ts";
import type { CaseResult, Outcome } from "./events.ts";
import { judgeIssued } from "./judge-issued.ts";

/** What one attempt at a case needs. */
export interface AttemptOptions {
  readonly targets: readonly Target[];
  readonly trust: IdpTrust;
  /** Longest time that one attempt may take. */
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
}

/** What came of one attempt. */
export type Attempted = Pick<CaseResult, "outcome" | "observation" | "verdict">;

function told(problem: string): Attempted {
  const outcome: Outcome = { status: "error", differences: [problem] };
  return { outcome, observation: undefined, verdict: undefined };
}

/** An artifact of an issuer of its own is judged by whoever trusts that one. */
function trustFor({ ownIssuer }: Observation, trust: IdpTrust): IdpTrust {
  return ownIssuer === undefined ? trust : ownIssuerTrust(trust, new URL(trust.oidcIssuer).origin, ownIssuer);
}

async function observe(next: Case, options: AttemptOptions, signal: AbortSignal): Promise<Observation> {
  const { scenario, transport } = next;
  const target = options.targets.find(({ name }) => name === next.target);
  if (target === undefined) throw new TypeError(`no target is called ${next.target}`);
  const { emission, issuer, flow, steps, asked, asks, later } = scenario;
  const user = `${next.id.replaceAll(/[^a-z0-9-]/gi, ".")}@partner.example`;
  const course = { issuer, flow, steps, asked, asks, later };
  return await target.observe({ emission, transport, user, signal, course });
}

/**
 * Tries a case once: what the target does with the emission, what the judge says of what crossed, and how both compare
 * with what the scenario demands. A target that is not there or takes too long is an outcome, `error`.
 *
 * @throws whatever else goes wrong: that is the harness's own failure; an abort of the run too
 */
export async function attemptCase(next: Case, options: AttemptOptions): Promise<Attempted> {
  using deadline = startDeadline(options.signal, options.timeoutSeconds);
  try {
    const observation = await observe(next, options, deadline.signal);
    const { issued, ...seen } = observation;
    const trust = trustFor(observation, options.trust);
    const verdict = issued === undefined ? undefined : await judgeIssued(issued, trust);
    const outcome = compare(next.scenario.expect, next.transport, observation, verdict);
    return { outcome, observation: seen, verdict };
  } catch (error) {
    options.signal.throwIfAborted();
    if (deadline.isOver()) return told(`no decision within ${options.timeoutSeconds} s`);
    if (error instanceof HarnessError && error.code === "ERR_TARGET_UNREACHABLE") return told(error.message);
    throw error;
  }
}
