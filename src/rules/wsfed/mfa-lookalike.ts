import type { WsFedResponse } from "../../artifact.ts";
import type { Policy } from "../../policy.ts";
import { quote } from "../../quote.ts";
import type { Fault, Rule } from "../../rule.ts";
import { resembles } from "../assertion/resembles.ts";
import { statesMfa, wantsMfa } from "../assertion/mfa-statement.ts";
import { readingOf } from "./mfa-reading.ts";
import { mfaStatements } from "./mfa-statements.ts";

/** Statements of SAML 2.0 with several classes, where only one can be expressed. */
function crowdedFaults({ authentications }: WsFedResponse, { mfa }: Policy): readonly Fault[] {
  if (mfa.classRefs.length === 0) return [];
  return authentications
    .filter(({ methods }) => methods.length > 1)
    .map(({ at, methods }) => {
      const message = `there are ${methods.length} AuthnContextClassRef in one statement; only one method can be expressed`;
      return { at, message };
    });
}

/** A value resembles the one that means MFA: careless readers differ about it. */
export const mfaLookalike: Rule<WsFedResponse> = {
  id: "wsfed.mfa.lookalike",
  severity: "advisory",
  title: "value only looks like MFA",
  requirements: ["F-39", "F-56"],
  reference: "Entra: expected inbound assertions, AD FS: compound authentication and AD DS claims",
  remedy: "Send the exact value alone: http, not https, the same case, no white space, no list.",
  about: "evidence",
  check(response, policy) {
    if (!wantsMfa(policy)) return undefined;
    const statements = mfaStatements(response, policy).filter(({ read }) => read);
    const { classRefs, attributeValues } = readingOf(response, policy);
    const accepted = [...new Set([...classRefs, ...attributeValues])];
    const similar = statesMfa(statements)
      ? []
      : statements.filter(({ value }) => !accepted.includes(value) && resembles(value, accepted));
    const faults = similar.map(({ at, value }) => {
      return { at, message: `the value is ${quote(value)}; it only looks like one of ${quote(accepted)}` };
    });
    return [...faults, ...crowdedFaults(response, policy)];
  },
};
