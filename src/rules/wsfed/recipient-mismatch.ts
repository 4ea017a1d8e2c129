import type { WsFedResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { SUBJECT } from "../../read/wsfed-paths.ts";
import type { Rule } from "../../rule.ts";
import { countedConfirmations, reachesUs } from "./confirmation.ts";

/** A SAML 2.0 token says where it was to be delivered, and that is another address. */
export const recipientMismatch: Rule<WsFedResponse> = {
  id: "wsfed.recipient.mismatch",
  severity: "error",
  title: "Recipient is another address",
  requirements: [],
  reference: "SAML core §2.4.1.2",
  remedy: "Set Recipient to the wreply address of the relying party, or leave it out.",
  about: "message",
  check(response, policy, now) {
    const counted = countedConfirmations(response, policy, now).filter(
      ({ recipient }) => recipient !== undefined,
    );
    if (policy.assertionConsumerService === undefined || counted.length === 0) return undefined;
    return counted
      .filter((confirmation) => !reachesUs(confirmation, policy))
      .map(({ recipient }) => {
        const message = `the Recipient is ${quote(recipient)}; it must be ${quote(policy.assertionConsumerService)}`;
        return { at: `${SUBJECT}/saml:SubjectConfirmation/saml:SubjectConfirmationData/@Recipient`, message };
      });
  },
};
