import type { SamlResponse } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { sendWhereRead } from "../assertion/mfa-advice.ts";
import { misplacedMfa, wantsMfa } from "../assertion/mfa-statement.ts";
import { mfaStatements, SAML_PLACES } from "./mfa-statements.ts";

/** MFA is stated where the reader does not look: the user was challenged, and nobody sees it. */
export const mfaMisplaced: Rule<SamlResponse> = {
  id: "saml.mfa.misplaced",
  severity: "error",
  title: "MFA is stated where nobody reads it",
  requirements: ["PSX-15", "F-35", "F-54"],
  reference: "Partner Center: mandating MFA for your partner tenant, Entra: expected inbound assertions",
  remedy: "Move the MFA value to where the reader looks, in the words that it takes for MFA.",
  about: "evidence",
  visibility: "challenged-but-invisible",
  check({ assertion }, policy) {
    if (assertion === undefined || !wantsMfa(policy)) return undefined;
    return misplacedMfa(mfaStatements(assertion, policy), sendWhereRead(policy.mfa, SAML_PLACES));
  },
};
