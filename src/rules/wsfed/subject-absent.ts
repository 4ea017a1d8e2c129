import type { WsFedResponse } from "../../artifact.ts";
import { SUBJECT, TOKEN } from "../../read/wsfed-paths.ts";
import type { Policy } from "../../policy.ts";
import type { Rule } from "../../rule.ts";
import { ENTRA_ENTITY_IDS } from "../../vocabulary/saml-entra.ts";
import { SAML_2_0, USER_CLAIM_NAMES } from "../../vocabulary/wsfed-protocol.ts";

function isNamed({ subjects }: WsFedResponse): boolean {
  return subjects.some(({ name }) => name !== undefined && name.value.trim() !== "");
}

/** SAML 1.1 lets a subject go without a name, and AD FS then names the user in a claim; Entra needs the name itself. */
function isNamedByClaim({ version, attributes }: WsFedResponse, { audiences = [] }: Policy): boolean {
  if (version === SAML_2_0 || audiences.some((each) => ENTRA_ENTITY_IDS.includes(each))) return false;
  return attributes
    .filter(({ name }) => USER_CLAIM_NAMES.includes(name.slice(name.lastIndexOf("/") + 1).toLowerCase()))
    .some(({ values }) => values.some((value) => value.trim() !== ""));
}

/** Nobody is named: a reader that goes on signs in nobody, or whoever has an empty name. */
export const subjectAbsent: Rule<WsFedResponse> = {
  id: "wsfed.subject.absent",
  severity: "error",
  title: "nobody is named",
  requirements: ["F-58"],
  reference: "SAML 1.1 core §2.4.2, SAML core §2.4, AADSTS90020",
  remedy:
    "Send a NameIdentifier that holds more than white space in every statement: for Entra the ImmutableID.",
  about: "message",
  check(response, policy) {
    if (response.encryptedParts.includes("saml:EncryptedID")) return undefined;
    if (isNamed(response) || isNamedByClaim(response, policy)) return [];
    const at = response.version === SAML_2_0 ? SUBJECT : `${TOKEN}//saml:Subject`;
    return [{ at, message: "no statement names anybody; a NameIdentifier must" }];
  },
};
