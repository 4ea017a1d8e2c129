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
    return [...sure, `session: ${OTHERS[as]}${isFooled ? ": the app was fooled" : ""}`];
  }
  const isSigned = decision === "accept" && nameFrom === "signed-part";
  return [...sure, `session: that of who signed in${isSigned ? FROM_SIGNED_PART : ""}`];
}

/** The name is all that a session shows: where the app read of MFA stays unknown. */
const FROM_SIGNED_PART =
  ": the message named somebody else too, and for the name only its signed part was used";

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
