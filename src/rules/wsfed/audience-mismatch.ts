import type { WsFedResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { TOKEN_CONDITIONS } from "../../read/wsfed-paths.ts";
import type { Rule } from "../../rule.ts";

/** The token was made for another relying party; of several restrictions each one has to hold. */
export const audienceMismatch: Rule<WsFedResponse> = {
  id: "wsfed.audience.mismatch",
  severity: "error",
  title: "audience is another relying party",
  requirements: ["F-58"],
  reference: "SAML 1.1 core §2.3.2.1.3, Entra: expected inbound assertions",
  remedy:
    "Put the wtrealm of this relying party into the AudienceRestrictionCondition, character by character.",
  about: "message",
  check({ conditions }, { audiences }) {
    const restrictions = conditions?.audienceRestrictions ?? [];
    if (audiences === undefined || restrictions.length === 0) return undefined;
    return restrictions
      .filter((found) => !found.some((audience) => audiences.includes(audience)))
      .map((found) => {
        const message = `the audience is ${quote(found)}; it must contain one of ${quote(audiences)}`;
        return { at: TOKEN_CONDITIONS, message };
      });
  },
};
