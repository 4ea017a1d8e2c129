import type { Evidence } from "../evidence.ts";
import { AMR_ATTRIBUTE } from "../vocabulary/attribute-amr.ts";
import type { Matcher, MatcherAnswers, MatcherName } from "./matcher.ts";
import { msCmdlet } from "./ms-cmdlet.ts";
import { msMca } from "./ms-mca.ts";
import { strict } from "./strict.ts";

/** How each known reader compares `amr`. Fact sheet, section 1.3. */
export const matchers: Readonly<Record<MatcherName, Matcher>> = {
  strict,
  "ms-cmdlet": msCmdlet,
  "ms-mca": msMca,
};

/** The answer of each reader to the `amr` in the evidence: the claim, or the SAML attribute of that name. */
export function answersTo(evidence: Evidence | undefined): MatcherAnswers {
  const amr = evidence?.statements.find(({ kind, name }) => {
    return kind === "amr" || (kind === "attribute" && name === AMR_ATTRIBUTE);
  })?.value;
  return { strict: strict(amr), "ms-cmdlet": msCmdlet(amr), "ms-mca": msMca(amr) };
}
