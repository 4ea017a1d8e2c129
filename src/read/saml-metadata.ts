import {
  SAML_METADATA,
  SCHEMA_INSTANCE,
  WS_FEDERATION,
  XML_SIGNATURE,
} from "../vocabulary/saml-namespaces.ts";
import { byteLimit } from "./byte-limit.ts";
import { allOf, attributeOf, elementsOf, isNamed, lookUp, textOf, type XmlElement } from "./xml-element.ts";
import { parseXml } from "./xml-parse.ts";
import { obstacleOf } from "./xml-refusal.ts";

/** An identity provider as its metadata describe it. */
export interface SamlMetadata {
  readonly issuer: string;
  /** Signing certificates as PEM. */
  readonly certificates: readonly string[];
}

const TOKEN_SERVICE = "SecurityTokenServiceType";

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

/** Every entity: groups of them may hold groups. */
function entitiesOf(root: XmlElement): readonly XmlElement[] {
  if (isNamed(root, SAML_METADATA, "EntityDescriptor")) return [root];
  return isNamed(root, SAML_METADATA, "EntitiesDescriptor") ? elementsOf(root).flatMap(entitiesOf) : [];
}

/** Whether an element says that the entity signs for people: as SAML does, or as WS-Federation does. */
function isProviderRole(element: XmlElement): boolean {
  if (isNamed(element, SAML_METADATA, "IDPSSODescriptor")) return true;
  if (!isNamed(element, SAML_METADATA, "RoleDescriptor")) return false;
  const type = element.attributes.find((each) => each.local === "type" && each.namespace === SCHEMA_INSTANCE);
  const [local = "", prefix = ""] = (type?.value.trim() ?? "").split(":").toReversed();
  return local === TOKEN_SERVICE && lookUp(element.scope, prefix) === WS_FEDERATION;
}

function readProviders(root: XmlElement): readonly SamlMetadata[] {
  return entitiesOf(root).flatMap((entity) => {
    const issuer = attributeOf(entity, "entityID");
    const roles = elementsOf(entity).filter(isProviderRole);
    if (issuer === undefined || roles.length === 0) return [];
    return [{ issuer, certificates: [...new Set(roles.flatMap((role) => certificatesOf(role)))] }];
  });
}

/**
 * Reads issuer and signing certificates of every identity provider in metadata, of SAML (IDPSSODescriptor) or
 * WS-Federation (RoleDescriptor of the type SecurityTokenServiceType). A signature on the metadata is not checked: whoever
 * hands them in vouches for them.
 *
 * @param xml an EntityDescriptor or EntitiesDescriptor
 * @returns one for each entity that is an identity provider; none when it is anything else
 * @see SAML metadata §2.3.2, §2.4.1.1, WS-Federation 1.2 §3.1.2
 */
export async function readFederationMetadata(xml: string): Promise<readonly SamlMetadata[]> {
  try {
    return readProviders(parseXml(xml, byteLimit({})));
  } catch (caught) {
    // Rethrows what is no refusal.
    obstacleOf(caught);
    return [];
  }
}
