import type { WsFedResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { TOKEN } from "../../read/wsfed-paths.ts";
import type { Rule } from "../../rule.ts";

/** A SAML 2.0 token says where it was to be delivered, and that is another address. */
export const recipientMismatch: Rule<WsFedResponse> = {
  id: "wsfed.recipient.mismatch",
  severity: "error",
  title: "Recipient is another address",
  requirements: [],
  reference: "SAML core §2.4.1.2",
  remedy: "Set Recipient to the wreply address of the relying party, or leave it out.",
  about: "message",
  check({ confirmations }, { assertionConsumerService }) {
    const named = confirmations.map(({ recipient }) => recipient).filter((each) => each !== undefined);
    if (assertionConsumerService === undefined || named.length === 0) return undefined;
    if (named.length < confirmations.length || named.includes(assertionConsumerService)) return [];
    const message = `the Recipient is ${quote(named)}; it must be ${quote(assertionConsumerService)}`;
    return [{ at: `${TOKEN}//saml:SubjectConfirmationData/@Recipient`, message }];
  },
};
