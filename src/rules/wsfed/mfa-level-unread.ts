import type { WsFedResponse } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { levelsUnread, wantsMfa } from "../assertion/mfa-statement.ts";
import { sendWhereReadIn } from "./mfa-advice.ts";
import { mfaStatements } from "./mfa-statements.ts";

/** A class or method names a level, or a wording, that may include MFA; only its issuer can say, and the reader does not know it. */
export const mfaLevelUnread: Rule<WsFedResponse> = {
  id: "wsfed.mfa.level-unread",
  severity: "advisory",
  title: "a level may say MFA in a word that is not read",
  requirements: ["F-02"],
  reference: "SAML 1.1 core §2.4.3, SAML authentication context §3.4",
  remedy:
    "Only the issuer can say whether this level takes two factors: if it does, send the value that this reader takes for MFA instead, whenever the level is reached.",
  about: "evidence",
  check(response, policy) {
    if (!wantsMfa(policy)) return undefined;
    return levelsUnread(mfaStatements(response, policy), policy, sendWhereReadIn(response, policy));
  },
};
