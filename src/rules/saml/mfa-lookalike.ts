import type { SamlAssertion, SamlResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { ASSERTION } from "../../read/saml-paths.ts";
import type { Rule } from "../../rule.ts";
import { mfaStatements, statesMfa, wantsMfa } from "./mfa-statements.ts";

/** What is left of a value when case, width, scheme, white space and invisible characters are disregarded. */
function skeleton(value: string): string {
  return value
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s\u00ad\u200b-\u200f\u2060\ufeff]/g, "")
    .replaceAll("https:", "http:");
}

function resembles(value: string, accepted: readonly string[]): boolean {
  return accepted.some((each) => skeleton(value).includes(skeleton(each)));
}

function countClassRefs({ authnStatements }: SamlAssertion): number {
  return authnStatements.reduce((sum, { classRefs }) => sum + classRefs.length, 0);
}

/** A value resembles the one that means MFA, or one of several methods does: careless readers differ about it. */
export const mfaLookalike: Rule<SamlResponse> = {
  id: "saml.mfa.lookalike",
  severity: "advisory",
  title: "value only looks like MFA",
  requirements: ["F-39", "F-56"],
  reference: "fact sheet §3.3 (ADFS-HTTPS, INBOUND)",
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
    const classRefs = policy.mfa.classRefs.length === 0 ? 0 : countClassRefs(assertion);
    if (classRefs <= 1) return faults;
    const message = `there are ${classRefs} AuthnContextClassRef; only one method can be expressed`;
    return [...faults, { at: ASSERTION, message }];
  },
};
