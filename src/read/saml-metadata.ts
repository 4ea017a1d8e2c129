import { SAML_METADATA, XML_SIGNATURE } from "../vocabulary/saml-namespaces.ts";
import { byteLimit } from "./byte-limit.ts";
import { allOf, attributeOf, isNamed, textOf, type XmlElement } from "./xml-element.ts";
import { parseXml } from "./xml-parse.ts";
import { obstacleOf } from "./xml-refusal.ts";

/** An identity provider as its metadata describe it. */
export interface SamlMetadata {
  readonly issuer: string;
  /** Signing certificates as PEM. */
  readonly certificates: readonly string[];
}

function toPem(base64: string): string {
  const lines = base64.replace(/\s+/g, "").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----"].join("\n");
}

function certificatesOf(role: XmlElement): readonly string[] {
  return allOf(role, SAML_METADATA, "KeyDescriptor")
    .filter((descriptor) => (attributeOf(descriptor, "use") ?? "signing") === "signing")
    .flatMap((descriptor) => allOf(descriptor, XML_SIGNATURE, "KeyInfo"))
    .flatMap((keyInfo) => allOf(keyInfo, XML_SIGNATURE, "X509Data"))
    .flatMap((data) => allOf(data, XML_SIGNATURE, "X509Certificate"))
    .map((certificate) => toPem(textOf(certificate)));
}

function entitiesOf(root: XmlElement): readonly XmlElement[] {
  if (isNamed(root, SAML_METADATA, "EntityDescriptor")) return [root];
  if (!isNamed(root, SAML_METADATA, "EntitiesDescriptor")) return [];
  return allOf(root, SAML_METADATA, "EntityDescriptor");
}

function readMetadata(root: XmlElement): SamlMetadata | undefined {
  const providers = entitiesOf(root)
    .map((entity) => ({
      issuer: attributeOf(entity, "entityID"),
      roles: allOf(entity, SAML_METADATA, "IDPSSODescriptor"),
    }))
    .filter(({ roles }) => roles.length > 0);
  const [provider, second] = providers;
  if (provider?.issuer === undefined || second !== undefined) return undefined;
  return { issuer: provider.issuer, certificates: provider.roles.flatMap((role) => certificatesOf(role)) };
}

/**
 * Reads issuer and signing certificates from the metadata of one identity provider. A signature on the metadata is not
 * checked: whoever hands them in vouches for them.
 *
 * @param xml an EntityDescriptor, or an EntitiesDescriptor with exactly one identity provider
 * @returns undefined when it is anything else
 * @see SAML metadata §2.3.2, §2.4.1.1
 */
export async function readSamlMetadata(xml: string): Promise<SamlMetadata | undefined> {
  try {
    return readMetadata(parseXml(xml, byteLimit({})));
  } catch (caught) {
    // Rethrows what is no refusal.
    obstacleOf(caught);
    return undefined;
  }
}
