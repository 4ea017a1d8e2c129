import type { SamlAssertion, SamlResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { ASSERTION } from "../../read/saml-paths.ts";
import type { Rule } from "../../rule.ts";
import { statesMfa, wantsMfa } from "../assertion/mfa-statement.ts";
import { mfaStatements } from "./mfa-statements.ts";
import { resembles } from "../assertion/resembles.ts";

/** The most class references in one statement; several statements are another rule's business. */
function mostClassRefs({ authnStatements }: SamlAssertion): number {
  return authnStatements.reduce((most, { classRefs }) => Math.max(most, classRefs.length), 0);
}

/** A value resembles the one that means MFA, or one of several methods does: careless readers differ about it. */
export const mfaLookalike: Rule<SamlResponse> = {
  id: "saml.mfa.lookalike",
  severity: "advisory",
  title: "value only looks like MFA",
  requirements: ["F-39", "F-56"],
  reference: "Entra: expected inbound assertions, AD FS: compound authentication and AD DS claims",
  remedy:
    "Send the exact value alone: http, not https, the same case, no white space, no list, one AuthnContextClassRef.",
  about: "evidence",
  check({ assertion }, policy) {
    if (assertion === undefined || !wantsMfa(policy)) return undefined;
    const statements = mfaStatements(assertion, policy).filter(({ read }) => read);
    const accepted = [...policy.mfa.classRefs, ...policy.mfa.attributeValues];
    const similar = statesMfa(statements) ? [] : statements.filter(({ value }) => resembles(value, accepted));
    const faults = similar.map(({ at, value }) => {
      return { at, message: `the value is ${quote(value)}; it only looks like one of ${quote(accepted)}` };
    });
    const classRefs = policy.mfa.classRefs.length === 0 ? 0 : mostClassRefs(assertion);
    if (classRefs <= 1) return faults;
    const message = `there are ${classRefs} AuthnContextClassRef in one statement; only one method can be expressed`;
    return [...faults, { at: ASSERTION, message }];
  },
};
