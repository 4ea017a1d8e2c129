import type { WsFedResponse } from "../../artifact.ts";
import { TOKEN_CONDITIONS } from "../../read/wsfed-paths.ts";
import type { Rule } from "../../rule.ts";

/** The token is not limited to any audience, so one made for another relying party would do as well. */
export const audienceAbsent: Rule<WsFedResponse> = {
  id: "wsfed.audience.absent",
  severity: "error",
  title: "no audience restriction",
  requirements: [],
  reference: "SAML 1.1 core §2.3.2.1.3, Entra: expected inbound assertions",
  remedy: "Add an AudienceRestrictionCondition with the wtrealm of the relying party to the Conditions.",
  about: "message",
  check({ conditions }, { audiences }) {
    if (audiences === undefined) return undefined;
    if ((conditions?.audienceRestrictions.length ?? 0) > 0) return [];
    const message = "there is no AudienceRestrictionCondition; the relying party must be named in one";
    return [{ at: TOKEN_CONDITIONS, message }];
  },
};
