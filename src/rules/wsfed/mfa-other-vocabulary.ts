import type { WsFedResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import type { Rule } from "../../rule.ts";
import { wantsMfa } from "../assertion/mfa-statement.ts";
import { mfaStatements, statesMfa } from "./mfa-statements.ts";

/** MFA is stated in the right place in the words of another reader: the user was challenged, and nobody sees it. */
export const mfaOtherVocabulary: Rule<WsFedResponse> = {
  id: "wsfed.mfa.other-vocabulary",
  severity: "advisory",
  title: "MFA is stated in another reader's words",
  requirements: ["F-41", "F-42"],
  reference: "fact sheet §3.3 (INBOUND, SAFIRE)",
  remedy: "Send the value that this reader takes for MFA, and the others' values to the others only.",
  about: "evidence",
  visibility: "challenged-but-invisible",
  check(response, policy) {
    if (!wantsMfa(policy)) return undefined;
    const statements = mfaStatements(response, policy);
    if (statesMfa(statements)) return [];
    return statements
      .filter(({ read, known }) => read && known)
      .map(({ at, value }) => {
        return { at, message: `${quote(value)} means MFA to another reader; this one does not know it` };
      });
  },
};
