import type { WsFedResponse } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { misplacedMfa, wantsMfa } from "../assertion/mfa-statement.ts";
import { mfaStatements } from "./mfa-statements.ts";

/** MFA is stated under a name that is in use but not listed: the user was challenged, and nobody may see it. */
export const mfaMisplaced: Rule<WsFedResponse> = {
  id: "wsfed.mfa.misplaced",
  severity: "advisory",
  title: "MFA is stated where only lenient readers look",
  requirements: ["F-34", "F-35", "F-54"],
  reference:
    "Partner Center: mandating MFA for your partner tenant, Entra: expected inbound assertions, Deepnet: DualShield for Office 365, PingOne: authentication claim for Microsoft 365",
  remedy:
    "Use AuthenticationMethod, or AttributeName authenticationmethod in AttributeNamespace http://schemas.microsoft.com/ws/2008/06/identity/claims.",
  about: "evidence",
  visibility: "challenged-but-invisible",
  check(response, policy) {
    if (!wantsMfa(policy)) return undefined;
    return misplacedMfa(mfaStatements(response, policy));
  },
};
