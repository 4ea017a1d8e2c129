import type { WsFedResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { TOKEN_CONDITIONS } from "../../read/wsfed-paths.ts";
import type { Rule } from "../../rule.ts";

/** The token sets a condition that is not understood, so its validity is indeterminate. */
export const conditionUnknown: Rule<WsFedResponse> = {
  id: "wsfed.condition.unknown",
  severity: "error",
  title: "condition is not understood",
  requirements: [],
  reference: "SAML 1.1 core §2.3.2.1",
  remedy: "Leave out conditions other than AudienceRestrictionCondition and DoNotCacheCondition.",
  about: "message",
  check({ conditions }) {
    return (conditions?.unknown ?? []).map((name) => {
      const message = `the condition ${quote(name)} is not defined by SAML; it must not be ignored`;
      return { at: TOKEN_CONDITIONS, message };
    });
  },
};
