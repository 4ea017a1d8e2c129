import { X509Certificate } from "node:crypto";
import { ParseOption, XmlDocument, XmlElement } from "libxml2-wasm";
import {
  BINDING,
  METADATA_NAMESPACE,
  PROTOCOL_NAMESPACE,
  SIGNATURE_NAMESPACE,
} from "../../emission/saml/names.ts";
import { type AssertionEncryption, chooseEncryption } from "../../emission/xml/encryption.ts";
import { HarnessError } from "../../errors.ts";
import { isWebAddress } from "../answer-address.ts";
import type {
  AssertionConsumerService,
  LogoutService,
  ServiceProvider,
  ServiceProviders,
} from "./service-providers.ts";

const NAMESPACES = { md: METADATA_NAMESPACE, ds: SIGNATURE_NAMESPACE };

function invalid(message: string, cause?: unknown): HarnessError {
  const hint = "Give each service provider's own metadata: one EntityDescriptor with an SPSSODescriptor.";
  return new HarnessError("ERR_CONFIG_INVALID", message, hint, { cause });
}

/**
 * Reads the metadata of the service providers to register.
 *
 * @throws HarnessError when a document is none, names no ACS for the POST binding, names a key that cannot be used, or
 * names a provider twice
 */
export function readServiceProviders(documents: readonly string[]): ServiceProviders {
  const registered = new Map<string, ServiceProvider>();
  for (const [index, document] of documents.entries()) {
    const place = `Service provider metadata ${index + 1}`;
    const provider = readDocument(document, place);
    const { entityId, assertionConsumers } = provider;
    if (registered.has(entityId)) throw invalid(`${place} names ${entityId}, which was given before`);
    if (assertionConsumers.length === 0) {
      throw invalid(`${place} names no web address that takes answers by POST`);
    }
    registered.set(entityId, provider);
  }
  return registered;
}

function readDocument(xml: string, place: string): ServiceProvider {
  if (xml.includes("<!DOCTYPE")) throw invalid(`${place} holds a DOCTYPE`);
  const document = parse(xml, place);
  try {
    return readEntity(document.root, place);
  } finally {
    document.dispose();
  }
}

function parse(xml: string, place: string): XmlDocument {
  try {
    return XmlDocument.fromString(xml.trim(), {
      option: ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NONET,
    });
  } catch (cause) {
    throw invalid(`${place} is not well-formed XML`, cause);
  }
}

function elements(from: XmlElement, xpath: string): readonly XmlElement[] {
  return from.find(xpath, NAMESPACES).filter((node) => node instanceof XmlElement);
}

function readEntity(root: XmlElement, place: string): ServiceProvider {
  const entityId = root.attr("entityID")?.value;
  const [role] = elements(
    root,
    `self::md:EntityDescriptor/md:SPSSODescriptor[contains(@protocolSupportEnumeration,"${PROTOCOL_NAMESPACE}")]`,
  );
  if (!entityId || role === undefined) throw invalid(`${place} is not SAML metadata of a service provider`);
  const keysFor = (condition: string): readonly XmlElement[] =>
    elements(role, `md:KeyDescriptor[${condition}]`);
  const [encryption] = keysFor(`@use="encryption"`);
  const signsRequests = ["true", "1"].includes(role.attr("AuthnRequestsSigned")?.value ?? "");
  const signingKeys = keysFor(`not(@use) or @use="signing"`)
    .flatMap((key) => certificatesOf(key, place))
    .map(({ publicKey }) => publicKey);
  if (signsRequests && signingKeys.length === 0) {
    throw invalid(`${place} says that its requests are signed, and holds no certificate to check them with`);
  }
  return {
    entityId,
    assertionConsumers: elements(role, "md:AssertionConsumerService").flatMap(readConsumer),
    logoutServices: elements(role, "md:SingleLogoutService").flatMap(readLogoutService),
    signingKeys,
    encryption: encryption === undefined ? undefined : readEncryption(encryption, place),
    signsRequests,
  };
}

function readConsumer(element: XmlElement): readonly AssertionConsumerService[] {
  const url = element.attr("Location")?.value ?? "";
  if (element.attr("Binding")?.value !== BINDING.post || !isWebAddress(url)) return [];
  return [{ url, index: element.attr("index")?.value, isDefault: element.attr("isDefault")?.value }];
}

function readLogoutService(element: XmlElement): readonly LogoutService[] {
  const wanted = element.attr("Binding")?.value;
  const binding = wanted === BINDING.redirect ? "redirect" : wanted === BINDING.post ? "post" : undefined;
  const location = element.attr("Location")?.value ?? "";
  const responseLocation = element.attr("ResponseLocation")?.value ?? location;
  if (binding === undefined || !isWebAddress(location) || !isWebAddress(responseLocation)) return [];
  return [{ binding, location, responseLocation }];
}

function certificatesOf(key: XmlElement, place: string): readonly X509Certificate[] {
  return elements(key, "ds:KeyInfo/ds:X509Data/ds:X509Certificate").map(({ content }) => {
    try {
      return new X509Certificate(Buffer.from(content, "base64"));
    } catch (cause) {
      throw invalid(`${place} holds a certificate that cannot be read`, cause);
    }
  });
}

function readEncryption(key: XmlElement, place: string): AssertionEncryption {
  const [certificate] = certificatesOf(key, place);
  const methods = elements(key, "md:EncryptionMethod").map((method) => method.attr("Algorithm")?.value ?? "");
  const chosen = chooseEncryption(methods);
  if (certificate?.publicKey.asymmetricKeyType !== "rsa") {
    throw invalid(`${place} names no RSA certificate in its key for encryption`);
  }
  if (chosen !== undefined) return { ...chosen, certificate: certificate.toString() };
  throw invalid(`${place} names no encryption method that this IdP has, but ${methods.join(", ")}`);
}
