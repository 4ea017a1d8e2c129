import type { WsFedResponse } from "../../artifact.ts";
import { TOKEN_CONDITIONS } from "../../read/wsfed-paths.ts";
import type { Rule } from "../../rule.ts";

/** A condition of a SAML 2.0 token that may stand there once stands there more often; SAML 1.1 has none of that kind. */
export const conditionRepeated: Rule<WsFedResponse> = {
  id: "wsfed.condition.repeated",
  severity: "error",
  title: "condition stands there twice",
  requirements: [],
  reference: "SAML core §2.5.1.5, §2.5.1.6",
  remedy: "Write OneTimeUse and ProxyRestriction at most once each.",
  about: "message",
  check({ conditions }) {
    return (conditions?.repeated ?? []).map((name) => {
      const message = `${name} stands there more than once; it must at most once`;
      return { at: `${TOKEN_CONDITIONS}/saml:${name}`, message };
    });
  },
};
