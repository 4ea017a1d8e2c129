import {
  BINDING,
  METADATA_NAMESPACE,
  PERSISTENT_NAME_ID,
  PROTOCOL_NAMESPACE,
  SIGNATURE_NAMESPACE,
} from "../emission/saml-names.ts";
import { escapeXml } from "../emission/xml.ts";

/** Entity id of the mock IdP at an origin; its metadata is found there. */
export function samlEntityId(origin: string): string {
  return `${origin}/saml/metadata`;
}

/**
 * The metadata of the mock IdP: one signing certificate, single sign-on by redirect and by POST.
 *
 * @param certificate base64 of the DER form
 * @see SAML metadata §2.4.3
 */
export function samlMetadata(origin: string, certificate: string): string {
  const location = escapeXml(`${origin}/saml/sso`);
  return [
    `<EntityDescriptor xmlns="${METADATA_NAMESPACE}" entityID="${escapeXml(samlEntityId(origin))}">`,
    `<IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="${PROTOCOL_NAMESPACE}">`,
    `<KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="${SIGNATURE_NAMESPACE}"><ds:X509Data>`,
    `<ds:X509Certificate>${certificate}</ds:X509Certificate>`,
    `</ds:X509Data></ds:KeyInfo></KeyDescriptor>`,
    `<NameIDFormat>${PERSISTENT_NAME_ID}</NameIDFormat>`,
    `<SingleSignOnService Binding="${BINDING.redirect}" Location="${location}"/>`,
    `<SingleSignOnService Binding="${BINDING.post}" Location="${location}"/>`,
    `</IDPSSODescriptor></EntityDescriptor>`,
  ].join("");
}
