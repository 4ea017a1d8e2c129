import type { SamlResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { CONDITIONS, confirmationPath } from "../../read/saml-paths.ts";
import type { Rule } from "../../rule.ts";
import { bestConfirmation } from "./confirmation.ts";
import { hasBegun } from "../assertion/validity.ts";

/** The assertion or its confirmation is not valid yet. */
export const timeNotYetValid: Rule<SamlResponse> = {
  id: "saml.time.not-yet-valid",
  severity: "error",
  title: "validity has not begun",
  requirements: [],
  reference: "SAML core §2.5.1.2, §2.4.1.2",
  remedy: "Keep the clocks of both sides synchronised, and start the validity when the assertion is issued.",
  about: "message",
  check({ assertion }, policy, now) {
    if (assertion === undefined) return undefined;
    const best = bestConfirmation(assertion, policy, now);
    const starts = [
      { at: CONDITIONS, start: assertion.conditions?.notBefore },
      {
        at: `${confirmationPath(best?.index ?? 0)}/saml:SubjectConfirmationData`,
        start: best?.confirmation.notBefore,
      },
    ];
    return starts
      .filter(({ start }) => !hasBegun(start, policy, now))
      .map(({ at, start }) => {
        return {
          at: `${at}/@NotBefore`,
          message: `it begins at ${quote(start)}; it must not be used before`,
        };
      });
  },
};
