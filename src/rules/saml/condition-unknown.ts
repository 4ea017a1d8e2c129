import type { SamlResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { CONDITIONS } from "../../read/saml-paths.ts";
import type { Rule } from "../../rule.ts";

/** The assertion sets a condition that is not understood, so its validity is indeterminate. */
export const conditionUnknown: Rule<SamlResponse> = {
  id: "saml.condition.unknown",
  severity: "error",
  title: "condition is not understood",
  requirements: [],
  reference: "SAML core §2.5.1",
  remedy: "Leave out conditions other than AudienceRestriction, OneTimeUse and ProxyRestriction.",
  about: "message",
  check({ assertion }) {
    if (assertion === undefined) return undefined;
    return (assertion.conditions?.unknown ?? []).map((name) => {
      return {
        at: CONDITIONS,
        message: `the condition ${quote(name)} is not defined by SAML; it must not be ignored`,
      };
    });
  },
};
