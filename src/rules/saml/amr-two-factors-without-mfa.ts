import type { SamlResponse } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { statesMfa, wantsMfa } from "../assertion/mfa-statement.ts";
import { twoFactorsWithoutMfa } from "../assertion/methods.ts";
import { methodLists, mfaStatements } from "./mfa-statements.ts";

/** A list of methods names two different kinds of factor and nothing says MFA: the user was challenged, and no reader sees it. */
export const amrTwoFactorsWithoutMfa: Rule<SamlResponse> = {
  id: "saml.amr.two-factors-without-mfa",
  severity: "advisory",
  title: "two factors without a value for MFA",
  requirements: ["PSR-031"],
  reference: "RFC 8176 §2, NIST SP 800-63B §4",
  remedy: "Send the value that this reader takes for MFA as well: the factors are already named.",
  about: "evidence",
  visibility: "challenged-but-invisible",
  check({ assertion }, policy) {
    if (assertion === undefined || !wantsMfa(policy)) return undefined;
    if (statesMfa(mfaStatements(assertion, policy))) return [];
    const { attributeValues, classRefs } = policy.mfa;
    const wanted = [...new Set(attributeValues.length > 0 ? attributeValues : classRefs)];
    return twoFactorsWithoutMfa(methodLists(assertion, policy), wanted);
  },
};
