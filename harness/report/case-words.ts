import type { CaseResult } from "../run/events.ts";

/** One file that was kept of what a browser showed. */
export type Evidence = NonNullable<CaseResult["evidence"]>[number];

/** How sure a decision is, and whose session it opened; a sentence each, nothing where nothing is known. */
export function decisionLines({ observation, verdict }: CaseResult): readonly string[] {
  if (observation === undefined) return [];
  const { decision, confidence, as } = observation;
  const sure = confidence === undefined ? [] : [`confidence: ${confidence}`];
  if (as === undefined) return sure;
  const isForgedMessage = (verdict?.findings ?? []).some(({ rule }) => BROKEN_SIGNATURE.test(rule));
  return [...sure, `session: ${sessionWords(decision === "accept", as, isForgedMessage)}`];
}

/** Rules of a message whose signature does not cover what it says. */
const BROKEN_SIGNATURE = /\.signature\.(?:structure|invalid|missing)$|\.assertion\.unsigned$/;

type As = NonNullable<NonNullable<CaseResult["observation"]>["as"]>;

function sessionWords(isAccepted: boolean, as: As, isForgedMessage: boolean): string {
  if (as === "nobody") return "nobody's";
  if (as === "forged") {
    return isAccepted
      ? "somebody's who did not sign in: the app was fooled"
      : "somebody's who did not sign in";
  }
  return isAccepted && isForgedMessage
    ? "that of who signed in: the message was taken, but only its signed part was used"
    : "that of who signed in";
}

/** One file that was kept, in words. */
export function evidenceLine({ kind, path, attempt }: Evidence): string {
  return `${kind} of attempt ${attempt}: ${path}`;
}

/** All that a reader of a case that did not pass wants to know beside its differences. */
export function caseLines(result: CaseResult): readonly string[] {
  return [...decisionLines(result), ...(result.evidence ?? []).map(evidenceLine)];
}
