import type { WsFedResponse } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { mfaOfOtherReaders, wantsMfa } from "../assertion/mfa-statement.ts";
import { sendWhereReadIn } from "./mfa-advice.ts";
import { mfaStatements } from "./mfa-statements.ts";

/** MFA is stated in the right place in the words of another reader: the user was challenged, and nobody sees it. */
export const mfaOtherVocabulary: Rule<WsFedResponse> = {
  id: "wsfed.mfa.other-vocabulary",
  severity: "advisory",
  title: "MFA is stated in another reader's words",
  requirements: ["F-41", "F-42"],
  reference: "Entra: expected inbound assertions, SAFIRE: authnMethodsReferences",
  remedy: "Send the value that this reader takes for MFA, and the others' values to the others only.",
  about: "evidence",
  visibility: "challenged-but-invisible",
  check(response, policy) {
    if (!wantsMfa(policy)) return undefined;
    return mfaOfOtherReaders(mfaStatements(response, policy), policy, sendWhereReadIn(response, policy));
  },
};
