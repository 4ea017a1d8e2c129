import type { SamlResponse } from "../../artifact.ts";
import { CONDITIONS } from "../../read/saml-paths.ts";
import type { Rule } from "../../rule.ts";

/** The assertion is not limited to any audience, so one made for another service provider would do as well. */
export const audienceAbsent: Rule<SamlResponse> = {
  id: "saml.audience.absent",
  severity: "error",
  title: "no audience restriction",
  requirements: [],
  reference: "SAML profiles §4.1.4.2, Entra: SAML 2.0 identity provider for single sign-on",
  remedy: "Add an AudienceRestriction with the entity id of the service provider to the Conditions.",
  about: "message",
  check({ assertion }, { audiences }) {
    if (assertion === undefined || audiences === undefined) return undefined;
    if ((assertion.conditions?.audienceRestrictions.length ?? 0) > 0) return [];
    return [
      {
        at: CONDITIONS,
        message: "there is no AudienceRestriction; the service provider must be named in one",
      },
    ];
  },
};
