import type { Expectation } from "../scenario/schema.ts";
import type { Observation } from "../target/observation.ts";

/** What of an observation says whether a decision is right. */
type Seen = Pick<Observation, "decision" | "as">;

/** Whether access was given to somebody else than who signed in. */
export function letsInSomebodyElse({ decision, as }: Seen): boolean {
  return decision === "accept" && as === "forged";
}

/** An app that asks for another sign-in has not accepted this one, and one that rejects it has not either. */
function isNoAcceptance(decision: Observation["decision"]): boolean {
  return decision === "refuse" || decision === "challenge";
}

/** Whether an acceptance is right beside the rejection that is expected. */
function mayAccept({ decision, as }: Seen, { orAccept }: Expectation): boolean {
  if (decision !== "accept" || orAccept === undefined) return false;
  // A session of somebody else is told by itself.
  return orAccept !== "who-signed-in" || as === "marker" || as === "forged";
}

/** Whether a target decided as a scenario expects of every correct one, or otherwise but as right. */
export function isRightDecision(seen: Seen, expect: Expectation): boolean {
  const { decision } = seen;
  if (decision === expect.decision) return true;
  if (isNoAcceptance(decision)) return isNoAcceptance(expect.decision) || expect.orRefuse === true;
  return mayAccept(seen, expect);
}
