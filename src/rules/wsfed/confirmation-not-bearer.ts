import type { WsFedResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { TOKEN } from "../../read/wsfed-paths.ts";
import type { Rule } from "../../rule.ts";
import { BEARER_METHODS } from "../../vocabulary/wsfed-protocol.ts";

/** The token may be used only by who proves something that a browser cannot prove. */
export const confirmationNotBearer: Rule<WsFedResponse> = {
  id: "wsfed.confirmation.not-bearer",
  severity: "error",
  title: "confirmation is not bearer",
  requirements: [],
  reference: "SAML 1.1 core §2.4.2.3, SAML 1.1 profiles §4.1.1.6",
  remedy: "Write the ConfirmationMethod bearer into the SubjectConfirmation of every statement.",
  about: "message",
  check({ confirmations }) {
    const methods = confirmations.map(({ method }) => method);
    if (methods.length === 0) return undefined; // SAML 1.1 leaves it open, and Entra's documentation asks for none.
    if (methods.some((method) => method !== undefined && BEARER_METHODS.includes(method))) return [];
    return [
      {
        at: `${TOKEN}//saml:SubjectConfirmation`,
        message: `the method is ${quote(methods)}; it must be bearer`,
      },
    ];
  },
};
