import type { SamlResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { authnStatementPath } from "../../read/saml-paths.ts";
import type { Rule } from "../../rule.ts";

/** One AuthnStatement says MFA and another does not: which one counts is up to each reader. */
export const authnStatementContradictory: Rule<SamlResponse> = {
  id: "saml.authn-statement.contradictory",
  severity: "warning",
  title: "AuthnStatements disagree about MFA",
  requirements: ["F-56"],
  reference: "SAML core §2.7.2, Entra: expected inbound assertions",
  remedy: "Send one AuthnStatement, with the class of the sign-in as a whole.",
  about: "evidence",
  check({ assertion }, { mfa }) {
    if (assertion === undefined || mfa.classRefs.length === 0) return undefined;
    const placed = assertion.authnStatements.map(({ classRefs }, index) => ({ classRefs, index }));
    const silent = placed.filter(({ classRefs }) => !classRefs.some((each) => mfa.classRefs.includes(each)));
    if (silent.length === placed.length) return [];
    return silent.map(({ classRefs, index }) => {
      const message = `this statement says ${quote(classRefs)}, another one says MFA; they must agree`;
      return { at: authnStatementPath(index), message };
    });
  },
};
