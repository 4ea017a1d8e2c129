import type { WsFedResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import type { Rule } from "../../rule.ts";
import { resembles } from "../assertion/resembles.ts";
import { statesMfa, wantsMfa } from "../assertion/mfa-statement.ts";
import { mfaStatements } from "./mfa-statements.ts";

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
    const accepted = [...new Set([...policy.mfa.classRefs, ...policy.mfa.attributeValues])];
    if (statesMfa(statements)) return [];
    return statements
      .filter(({ value }) => !accepted.includes(value) && resembles(value, accepted))
      .map(({ at, value }) => {
        return { at, message: `the value is ${quote(value)}; it only looks like one of ${quote(accepted)}` };
      });
  },
};
