import type { SamlResponse } from "../../artifact.ts";
import { ASSERTION } from "../../read/saml-paths.ts";
import type { Rule } from "../../rule.ts";

/** The assertion does not say that anybody signed in. */
export const authnStatementAbsent: Rule<SamlResponse> = {
  id: "saml.authn-statement.absent",
  severity: "error",
  title: "no AuthnStatement",
  requirements: ["F-01"],
  reference: "SAML profiles §4.1.4.2",
  remedy: "Add an AuthnStatement with AuthnInstant and AuthnContext to the assertion.",
  about: "message",
  check({ assertion }) {
    if (assertion === undefined) return undefined;
    if (assertion.authnStatements.length > 0) return [];
    return [{ at: ASSERTION, message: "there is no AuthnStatement; there must be one" }];
  },
};
