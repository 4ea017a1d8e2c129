import type { SamlAssertion, SamlResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { CONDITIONS, authnStatementPath, confirmationPath } from "../../read/saml-paths.ts";
import type { Rule } from "../../rule.ts";
import { bestConfirmation, type PlacedConfirmation } from "./confirmation.ts";
import { hasEnded } from "../assertion/validity.ts";

function endsOf({ conditions, authnStatements }: SamlAssertion, best: PlacedConfirmation | undefined) {
  const confirmation = confirmationPath(best?.index ?? 0);
  return [
    { at: `${CONDITIONS}/@NotOnOrAfter`, end: conditions?.notOnOrAfter },
    {
      at: `${confirmation}/saml:SubjectConfirmationData/@NotOnOrAfter`,
      end: best?.confirmation.notOnOrAfter,
    },
    ...authnStatements.map(({ sessionNotOnOrAfter }, index) => ({
      at: `${authnStatementPath(index)}/@SessionNotOnOrAfter`,
      end: sessionNotOnOrAfter,
    })),
  ];
}

/** The assertion, its confirmation or the session it opened is over. */
export const timeExpired: Rule<SamlResponse> = {
  id: "saml.time.expired",
  severity: "error",
  title: "validity has ended",
  requirements: [],
  reference:
    "SAML core §2.5.1.2, SAML profiles §4.1.4.3, Entra: SAML 2.0 identity provider for single sign-on",
  remedy: "Issue a fresh assertion, and keep the clocks of both sides synchronised.",
  about: "message",
  check({ assertion }, policy, now) {
    if (assertion === undefined) return undefined;
    return endsOf(assertion, bestConfirmation(assertion, policy, now))
      .filter(({ end }) => hasEnded(end, policy, now))
      .map(({ at, end }) => ({ at, message: `it ended at ${quote(end)}; it must not be used from then on` }));
  },
};
