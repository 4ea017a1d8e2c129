import type { SamlAssertion, SamlResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { CONDITIONS, authnStatementPath, confirmationPath } from "../../read/saml-paths.ts";
import type { Rule } from "../../rule.ts";
import { isNeverValid } from "../assertion/validity.ts";
import { bestConfirmation, type PlacedConfirmation } from "./confirmation.ts";

function windowsOf({ conditions, authnStatements }: SamlAssertion, best: PlacedConfirmation | undefined) {
  return [
    { at: `${CONDITIONS}/@NotOnOrAfter`, start: conditions?.notBefore, end: conditions?.notOnOrAfter },
    {
      at: `${confirmationPath(best?.index ?? 0)}/saml:SubjectConfirmationData/@NotOnOrAfter`,
      start: best?.confirmation.notBefore,
      end: best?.confirmation.notOnOrAfter,
    },
    ...authnStatements.map(({ authnInstant, sessionNotOnOrAfter }, index) => ({
      at: `${authnStatementPath(index)}/@SessionNotOnOrAfter`,
      start: authnInstant,
      end: sessionNotOnOrAfter,
    })),
  ];
}

/** The assertion, its confirmation or its session ends before it begins, so there was no moment at which it was valid. */
export const timeNeverValid: Rule<SamlResponse> = {
  id: "saml.time.never-valid",
  severity: "error",
  title: "validity ends before it begins",
  requirements: [],
  reference: "SAML core §2.4.1.2, §2.5.1.2",
  remedy: "Set NotOnOrAfter to a time after NotBefore, and SessionNotOnOrAfter to one after AuthnInstant.",
  about: "message",
  check({ assertion }, policy, now) {
    if (assertion === undefined) return undefined;
    return windowsOf(assertion, bestConfirmation(assertion, policy, now))
      .filter(({ start, end }) => isNeverValid(start, end, policy, now))
      .map(({ at, start, end }) => {
        return { at, message: `it ends at ${quote(end)}, and begins at ${quote(start)}; it must end later` };
      });
  },
};
