import type { SamlResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { CONDITIONS } from "../../read/saml-paths.ts";
import type { Rule } from "../../rule.ts";

/** The assertion was made for another service provider; of several restrictions each one has to hold. */
export const audienceMismatch: Rule<SamlResponse> = {
  id: "saml.audience.mismatch",
  severity: "error",
  title: "audience is another service provider",
  requirements: ["F-58"],
  reference: "SAML core §2.5.1.4, Entra: SAML 2.0 identity provider for single sign-on",
  remedy: "Put the entity id of this service provider into the AudienceRestriction, character by character.",
  about: "message",
  check({ assertion }, { audiences }) {
    const restrictions = assertion?.conditions?.audienceRestrictions ?? [];
    if (audiences === undefined || restrictions.length === 0) return undefined;
    return restrictions.flatMap((found, index) => {
      if (found.some((audience) => audiences.includes(audience))) return [];
      const at = `${CONDITIONS}/saml:AudienceRestriction[${index + 1}]`;
      return [{ at, message: `the audience is ${quote(found)}; it must contain one of ${quote(audiences)}` }];
    });
  },
};
