import type { SamlResponse } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { sendWhereRead } from "../assertion/mfa-advice.ts";
import { levelsUnread, wantsMfa } from "../assertion/mfa-statement.ts";
import { mfaStatements, SAML_PLACES } from "./mfa-statements.ts";

/** A class or method names a level, or a wording, that may include MFA; only its issuer can say, and the reader does not know it. */
export const mfaLevelUnread: Rule<SamlResponse> = {
  id: "saml.mfa.level-unread",
  severity: "advisory",
  title: "a level may say MFA in a word that is not read",
  requirements: ["F-02"],
  reference: "SAML core §2.7.2.2, SAML authentication context §3.4, RFC 6711",
  remedy:
    "Only the issuer can say whether this level takes two factors: if it does, send the value that this reader takes for MFA instead, whenever the level is reached.",
  about: "evidence",
  check({ assertion }, policy) {
    if (assertion === undefined || !wantsMfa(policy)) return undefined;
    return levelsUnread(mfaStatements(assertion, policy), policy, sendWhereRead(policy.mfa, SAML_PLACES));
  },
};
