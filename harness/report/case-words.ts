import type { CaseResult } from "../run/events.ts";

/** One file that was kept of what a browser showed. */
export type Evidence = NonNullable<CaseResult["evidence"]>[number];

/** How sure a decision is, and whose session it opened; a sentence each, nothing where nothing is known. */
export function decisionLines({ observation, verdict, nameFrom }: CaseResult): readonly string[] {
  if (observation === undefined) return [];
  const { decision, confidence, as } = observation;
  const sure = confidence === undefined ? [] : [`confidence: ${confidence}`];
  if (as === undefined) return sure;
  if (as !== "marker") {
    const isFooled = as === "forged" && decision === "accept" && verdict?.verdict === "non-compliant";
    return [...sure, `session: ${OTHERS[as]}${isFooled ? BY_BAD_MESSAGE : ""}`];
  }
  const isSigned = decision === "accept" && nameFrom === "signed-part";
  return [...sure, `session: that of who signed in${isSigned ? FROM_SIGNED_PART : ""}`];
}

/** The name is all that a session shows: what was verified, and where the app read of MFA, stays unknown. */
const FROM_SIGNED_PART =
  ": the message named somebody else too, and the session is that of the name in its signed part";

/** The judge is asked about the message alone: why the app accepted it stays unknown. */
const BY_BAD_MESSAGE = ": the app was fooled, it accepted a message that the judge calls non-compliant";

/** Whose session it is, where it is not that of who signed in. */
const OTHERS = { forged: "somebody's who did not sign in", nobody: "nobody's" } as const;

/** One file that was kept, in words. */
export function evidenceLine({ kind, path, attempt }: Evidence): string {
  return `${kind} of attempt ${attempt}: ${path}`;
}

/** All that a reader of a case that did not pass wants to know beside its differences. */
export function caseLines(result: CaseResult): readonly string[] {
  return [...decisionLines(result), ...(result.evidence ?? []).map(evidenceLine)];
}
