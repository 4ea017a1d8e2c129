import type { SamlResponse } from "../../artifact.ts";
import { ASSERTION } from "../../read/saml-paths.ts";
import type { Rule } from "../../rule.ts";

/** A part of the assertion is encrypted on its own: whatever it says about MFA is not seen. */
export const assertionPartlyEncrypted: Rule<SamlResponse> = {
  id: "saml.assertion.partly-encrypted",
  severity: "advisory",
  title: "part of the assertion is encrypted",
  requirements: [],
  reference: "SAML core §2.2.4, §2.7.3.2",
  remedy: "Encrypt the whole assertion, or nothing in it.",
  about: "evidence",
  check({ assertion }) {
    if (assertion === undefined) return undefined;
    return assertion.encryptedParts.map((name) => {
      return { at: `${ASSERTION}//${name}`, message: `${name} is encrypted on its own; it was not read` };
    });
  },
};
