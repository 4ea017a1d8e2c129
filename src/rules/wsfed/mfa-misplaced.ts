import type { WsFedResponse } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { sendWhereReadIn } from "./mfa-advice.ts";
import { misplacedMfa, wantsMfa } from "../assertion/mfa-statement.ts";
import { mfaStatements } from "./mfa-statements.ts";
import { passedThrough } from "./passed-through.ts";

/** MFA is stated under a name that is in use but not listed: the user was challenged, and nobody may see it. */
export const mfaMisplaced: Rule<WsFedResponse> = {
  id: "wsfed.mfa.misplaced",
  severity: "advisory",
  title: "MFA is stated where only lenient readers look",
  requirements: ["F-34", "F-35", "F-54"],
  reference:
    "Partner Center: mandating MFA for your partner tenant, Entra: expected inbound assertions, Deepnet: DualShield for Office 365, PingOne: authentication claim for Microsoft 365",
  remedy: "Move the MFA value to where the reader looks, in the words that it takes for MFA.",
  about: "evidence",
  visibility: "challenged-but-invisible",
  check(response, policy) {
    if (!wantsMfa(policy)) return undefined;
    // wsfed.mfa.contested speaks of what may be read after all.
    const contested = passedThrough(response, policy).map(({ at }) => at);
    const statements = mfaStatements(response, policy).filter(({ at }) => !contested.includes(at));
    return misplacedMfa(statements, sendWhereReadIn(response, policy));
  },
};
