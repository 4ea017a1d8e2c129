import type { SamlResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { NAME_ID } from "../../read/saml-paths.ts";
import type { Rule } from "../../rule.ts";
import { PERSISTENT_NAME_ID } from "../../vocabulary/saml-entra.ts";
import { isForEntra } from "./for-entra.ts";

/** Entra finds the user by a persistent NameID only, so the sign-in fails before MFA is looked at. */
export const nameIdFormatWrong: Rule<SamlResponse> = {
  id: "saml.name-id.format-wrong",
  severity: "error",
  title: "NameID is not persistent",
  requirements: ["F-58"],
  reference: "Entra: SAML 2.0 identity provider for single sign-on",
  remedy: `Send a NameID with Format "${PERSISTENT_NAME_ID}".`,
  about: "message",
  check({ assertion }, policy) {
    if (assertion === undefined || !isForEntra(policy)) return undefined;
    const format = assertion.nameId?.format;
    if (format === PERSISTENT_NAME_ID) return [];
    const found = assertion.nameId === undefined ? "there is no NameID" : `the Format is ${quote(format)}`;
    return [{ at: NAME_ID, message: `${found}; it must be ${quote(PERSISTENT_NAME_ID)}` }];
  },
};
