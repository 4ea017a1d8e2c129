import type { SamlResponse } from "../../artifact.ts";
import { CONDITIONS } from "../../read/saml-paths.ts";
import type { Rule } from "../../rule.ts";

/** A condition that may stand there once stands there more often, so that readers may heed different ones. */
export const conditionRepeated: Rule<SamlResponse> = {
  id: "saml.condition.repeated",
  severity: "error",
  title: "condition stands there twice",
  requirements: [],
  reference: "SAML core §2.5.1.5, §2.5.1.6",
  remedy: "Write OneTimeUse and ProxyRestriction at most once each.",
  about: "message",
  check({ assertion }) {
    if (assertion === undefined) return undefined;
    return (assertion.conditions?.repeated ?? []).map((name) => {
      return {
        at: `${CONDITIONS}/saml:${name}`,
        message: `${name} stands there more than once; it must at most once`,
      };
    });
  },
};
