import { METADATA_NAMESPACE, SIGNATURE_NAMESPACE } from "../../emission/saml/names.ts";
import { ADDRESSING_NAMESPACE, FEDERATION_NAMESPACE, TOKEN_TYPE } from "../../emission/wsfed/names.ts";
import { escapeXml } from "../../emission/xml/xml.ts";

const SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";

/** Issuer of the WS-Federation side at an origin; its metadata is found there. */
export function wsFedIssuer(origin: string): string {
  return `${origin}/wsfed/metadata`;
}

function keyDescriptor(certificate: string): string {
  return [
    `<KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="${SIGNATURE_NAMESPACE}"><ds:X509Data>`,
    `<ds:X509Certificate>${certificate}</ds:X509Certificate>`,
    `</ds:X509Data></ds:KeyInfo></KeyDescriptor>`,
  ].join("");
}

function endpointReference(name: string, url: string): string {
  return `<fed:${name}><EndpointReference xmlns="${ADDRESSING_NAMESPACE}"><Address>${escapeXml(url)}</Address></EndpointReference></fed:${name}>`;
}

/**
 * The federation metadata of the mock IdP: its signing certificates, both token types, the passive endpoint.
 *
 * @param certificates base64 of the DER form, that of the key that signs first
 * @see WS-Federation 1.2 §3.1.2
 */
export function wsFedMetadata(origin: string, certificates: readonly string[]): string {
  const tokenTypes = Object.values(TOKEN_TYPE).map((type) => `<fed:TokenType Uri="${type}"/>`);
  return [
    `<EntityDescriptor xmlns="${METADATA_NAMESPACE}" entityID="${escapeXml(wsFedIssuer(origin))}">`,
    `<RoleDescriptor xmlns:xsi="${SCHEMA_INSTANCE}" xmlns:fed="${FEDERATION_NAMESPACE}"`,
    ` xsi:type="fed:SecurityTokenServiceType" protocolSupportEnumeration="${FEDERATION_NAMESPACE}">`,
    ...certificates.map(keyDescriptor),
    `<fed:TokenTypesOffered>${tokenTypes.join("")}</fed:TokenTypesOffered>`,
    endpointReference("SecurityTokenServiceEndpoint", `${origin}/wsfed`),
    endpointReference("PassiveRequestorEndpoint", `${origin}/wsfed`),
    `</RoleDescriptor></EntityDescriptor>`,
  ].join("");
}
