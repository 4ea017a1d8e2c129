import type { SamlResponse } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { mfaOfOtherReaders, wantsMfa } from "../assertion/mfa-statement.ts";
import { sendWhereRead } from "../assertion/mfa-advice.ts";
import { mfaStatements, SAML_PLACES } from "./mfa-statements.ts";

/** MFA is stated in the right place in the words of another reader: the user was challenged, and nobody sees it. */
export const mfaOtherVocabulary: Rule<SamlResponse> = {
  id: "saml.mfa.other-vocabulary",
  severity: "advisory",
  title: "MFA is stated in another reader's words",
  requirements: ["F-02", "F-41", "F-42"],
  reference:
    "Entra: expected inbound assertions, SAFIRE: authnMethodsReferences, SAML authentication context §3.4",
  remedy: "Send the value that this reader takes for MFA, and the others' values to the others only.",
  about: "evidence",
  visibility: "challenged-but-invisible",
  check({ assertion }, policy) {
    if (assertion === undefined || !wantsMfa(policy)) return undefined;
    return mfaOfOtherReaders(
      mfaStatements(assertion, policy),
      policy,
      sendWhereRead(policy.mfa, SAML_PLACES),
    );
  },
};
