import type { Policy } from "../../policy.ts";
import { WSFED_ATTRIBUTE, WSFED_ATTRIBUTE_NAMESPACE } from "../../vocabulary/attribute-amr.ts";
import { isEntraAudience } from "../../vocabulary/saml-entra.ts";
import { MULTIPLE_AUTHN, WIA_OR_MULTI_AUTHN } from "../../vocabulary/saml-mfa.ts";

const ENTRA_VALUES: readonly string[] = [MULTIPLE_AUTHN, WIA_OR_MULTI_AUTHN];

/**
 * Whether Entra is the reader: an audience of it is named, or the policy looks where Entra looks, and nowhere else
 * (Entra's page on inbound assertions). The guidance for partners is about no other reader.
 *
 * @param named audiences that the message names
 */
export function isReadByEntra({ mfa, audiences = [] }: Policy, named: readonly string[]): boolean {
  const all = [...audiences, ...named];
  if (all.some((audience) => isEntraAudience(audience))) return true;
  // Nobody is named: it may be Entra wherever a value of Entra counts.
  if (all.length === 0 && mfa.classRefs.some((value) => ENTRA_VALUES.includes(value))) return true;
  const isEntraAttribute = mfa.attributes.every(({ name, nameFormats }) => {
    return name === WSFED_ATTRIBUTE && nameFormats.every((format) => format === WSFED_ATTRIBUTE_NAMESPACE);
  });
  return isEntraAttribute && mfa.classRefs.every((value) => ENTRA_VALUES.includes(value));
}
