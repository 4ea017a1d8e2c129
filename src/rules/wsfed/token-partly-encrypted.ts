import type { WsFedResponse } from "../../artifact.ts";
import { TOKEN } from "../../read/wsfed-paths.ts";
import type { Rule } from "../../rule.ts";

/** A part of a SAML 2.0 token is encrypted on its own: whatever it says about MFA is not seen. */
export const tokenPartlyEncrypted: Rule<WsFedResponse> = {
  id: "wsfed.token.partly-encrypted",
  severity: "advisory",
  title: "part of the token is encrypted",
  requirements: [],
  reference: "SAML core §2.2.4, §2.7.3.2",
  remedy: "Encrypt the whole token, or nothing in it.",
  about: "evidence",
  check({ encryptedParts }) {
    return encryptedParts.map((name) => {
      return { at: `${TOKEN}//${name}`, message: `${name} is encrypted on its own; it was not read` };
    });
  },
};
