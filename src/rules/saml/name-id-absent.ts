import type { SamlResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { NAME_ID } from "../../read/saml-paths.ts";
import type { Rule } from "../../rule.ts";

/** Nobody is named: a reader that goes on signs in nobody, or whoever has an empty name. */
export const nameIdAbsent: Rule<SamlResponse> = {
  id: "saml.name-id.absent",
  severity: "error",
  title: "nobody is named",
  requirements: [],
  reference: "SAML core §1.3.1, §2.4; SAML profiles §4.1.4.2",
  remedy: "Send a NameID that holds more than white space.",
  about: "message",
  check({ assertion }) {
    if (assertion === undefined) return undefined;
    const { nameId, encryptedParts } = assertion;
    if (nameId === undefined) {
      if (encryptedParts.includes("saml:EncryptedID")) return undefined;
      return [{ at: NAME_ID, message: "there is no NameID; there must be one" }];
    }
    if (nameId.value.trim() !== "") return [];
    const message = `the NameID is ${quote(nameId.value)}; it must be more than white space`;
    return [{ at: NAME_ID, message }];
  },
};
