import type { WsFedResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import type { Rule } from "../../rule.ts";
import { isBearer } from "./confirmation.ts";

/** A statement of the token may be used only by who proves something that a browser cannot prove. */
export const confirmationNotBearer: Rule<WsFedResponse> = {
  id: "wsfed.confirmation.not-bearer",
  severity: "error",
  title: "confirmation is not bearer",
  requirements: [],
  reference: "SAML 1.1 core §2.4.2.3, SAML 1.1 profiles §4.1.1.6",
  remedy: "Write the ConfirmationMethod bearer into the SubjectConfirmation of every statement.",
  about: "message",
  check({ subjects }) {
    // SAML 1.1 leaves open whether a subject is confirmed, and Entra's documentation asks for none.
    const confirmed = subjects.filter(({ confirmations }) => confirmations.length > 0);
    if (confirmed.length === 0) return undefined;
    return confirmed
      .filter(({ confirmations }) => !confirmations.some((confirmation) => isBearer(confirmation)))
      .map(({ at, confirmations }) => {
        const methods = confirmations.map(({ method }) => method);
        const message = `the method is ${quote(methods)}; it must be bearer`;
        return { at: `${at}/saml:SubjectConfirmation`, message };
      });
  },
};
