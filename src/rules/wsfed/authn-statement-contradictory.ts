import type { WsFedResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import type { Rule } from "../../rule.ts";
import { statesMfa } from "../assertion/mfa-statement.ts";
import { ofMethods } from "./mfa-statements.ts";

/** One statement says MFA and another does not: which one counts is up to each reader. */
export const authnStatementContradictory: Rule<WsFedResponse> = {
  id: "wsfed.authn-statement.contradictory",
  severity: "warning",
  title: "statements disagree about MFA",
  requirements: ["F-56"],
  reference: "SAML 1.1 core §2.4.3, SAML core §2.7.2",
  remedy: "Send one statement about the sign-in, with the method of the sign-in as a whole.",
  about: "evidence",
  check(response, policy) {
    if (policy.mfa.classRefs.length === 0) return undefined;
    const { authentications } = response;
    const silent = authentications.filter(
      (each) => !statesMfa(ofMethods({ ...response, authentications: [each] }, policy)),
    );
    if (silent.length === authentications.length) return [];
    return silent.map(({ at, methods }) => {
      const message = `this statement says ${quote(methods)}, another one says MFA; they must agree`;
      return { at, message };
    });
  },
};
