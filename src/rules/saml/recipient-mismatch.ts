import type { SamlResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { confirmationPath } from "../../read/saml-paths.ts";
import type { Rule } from "../../rule.ts";
import { bestConfirmation, reachesUs } from "./confirmation.ts";

/** The assertion was to be delivered to another address, so somebody may be passing it on. */
export const recipientMismatch: Rule<SamlResponse> = {
  id: "saml.recipient.mismatch",
  severity: "error",
  title: "Recipient is another address",
  requirements: [],
  reference: "SAML profiles §4.1.4.3, Entra: SAML 2.0 identity provider for single sign-on",
  remedy:
    "Set Recipient to the assertion consumer service URL of this service provider, character by character.",
  about: "message",
  check({ assertion }, policy, now) {
    if (assertion === undefined || policy.assertionConsumerService === undefined) return undefined;
    const best = bestConfirmation(assertion, policy, now);
    if (best === undefined) return undefined; // saml.confirmation.absent speaks instead
    if (reachesUs(best.confirmation, policy)) return [];
    const at = `${confirmationPath(best.index)}/saml:SubjectConfirmationData/@Recipient`;
    const found = quote(best.confirmation.recipient);
    return [
      { at, message: `the Recipient is ${found}; it must be ${quote(policy.assertionConsumerService)}` },
    ];
  },
};
