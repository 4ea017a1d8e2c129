import type { Verdict } from "../verdict.ts";
import type { MatcherAnswers, MatcherName } from "./matcher.ts";

const NAMES: readonly MatcherName[] = [
  "strict",
  "ms-cmdlet",
  "ms-mca",
  "partner-consent",
  "entra-saml",
  "entra-wsfed",
  "eam",
];

/** The readers that see it otherwise than the judge: they pass what is not compliant, or do not pass what is. */
export function disagreementWith(
  verdict: Verdict["verdict"],
  answers: MatcherAnswers,
): readonly MatcherName[] {
  return NAMES.filter((name) => {
    const answer = answers[name];
    return answer !== undefined && (answer === "pass") !== (verdict === "compliant");
  });
}
