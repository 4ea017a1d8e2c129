import { type KeyObject, verify } from "node:crypto";
import { DOMParser } from "@xmldom/xmldom";
import { SignedXml } from "xml-crypto";
import { SIGNATURE_NAMESPACE } from "../../emission/saml/names.ts";
import { RequestRefusal } from "../refusal.ts";
import type { MessageParameter } from "./message.ts";

/** RSA with the digests that service providers sign with; SHA-1 too, as pysaml2 does. */
const QUERY_ALGORITHMS: ReadonlyMap<string, string> = new Map([
  ["http://www.w3.org/2000/09/xmldsig#rsa-sha1", "sha1"],
  ["http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "sha256"],
  ["http://www.w3.org/2001/04/xmldsig-more#rsa-sha384", "sha384"],
  ["http://www.w3.org/2001/04/xmldsig-more#rsa-sha512", "sha512"],
]);

/** The parts of a query exactly as they were sent, by their decoded names. */
function partsOf(query: string): ReadonlyMap<string, string> {
  return new Map(query.split("&").map((part) => [part.split("=", 1)[0] ?? "", part]));
}

/**
 * Checks the signature of a message that came by redirect, over the octets as they were sent.
 *
 * @param query without the question mark
 * @param keys of the sender's metadata
 * @throws RequestRefusal when no key made it
 * @see SAML bindings §3.4.4.1
 */
export function checkQuerySignature(
  query: string,
  parameter: MessageParameter,
  keys: readonly KeyObject[],
): void {
  const parts = partsOf(query);
  const values = new URLSearchParams(query);
  const digest = QUERY_ALGORITHMS.get(values.get("SigAlg") ?? "");
  if (digest === undefined) {
    throw new RequestRefusal(`The ${parameter} is signed with an algorithm that this IdP does not take`);
  }
  const signed = [parameter, "RelayState", "SigAlg"].flatMap((name) => parts.get(name) ?? []).join("&");
  const signature = Buffer.from(values.get("Signature") ?? "", "base64");
  if (keys.some((key) => verify(digest, Buffer.from(signed), key, signature))) return;
  throw new RequestRefusal(`The signature of the ${parameter} is not by a key of its sender's metadata`);
}

function isSignature({ localName, namespaceURI }: Element): boolean {
  return localName === "Signature" && namespaceURI === SIGNATURE_NAMESPACE;
}

/** The signature of the whole message: a child of the root, nothing deeper down. */
function signatureOf(xml: string): Element | undefined {
  const root = new DOMParser({ errorHandler: () => undefined }).parseFromString(
    xml,
    "text/xml",
  ).documentElement;
  return Array.from(root?.childNodes ?? [])
    .filter(isElement)
    .find(isSignature);
}

function isElement(node: Node): node is Element {
  return node.nodeType === 1;
}

/** What `key` signed in the message; undefined: nothing. */
function signedBy(key: KeyObject, xml: string, signature: Element): string | undefined {
  const check = new SignedXml({
    publicCert: key.export({ type: "spki", format: "pem" }),
    getCertFromKeyInfo: () => null,
  });
  try {
    check.loadSignature(signature);
    return check.checkSignature(xml) ? check.getSignedReferences()[0] : undefined;
  } catch {
    // The library throws for a signature that is not good, and for one that is none.
    return undefined;
  }
}

/**
 * Checks the enveloped signature of a message that was posted.
 *
 * @param xml well-formed, without a DOCTYPE
 * @param keys of the sender's metadata
 * @returns the XML that was signed, to be read instead of the message: whatever stands around it is not there;
 * undefined: the message is not signed
 * @throws RequestRefusal when no key made the signature
 * @see SAML core §5.4
 */
export function signedXml(
  xml: string,
  parameter: MessageParameter,
  keys: readonly KeyObject[],
): string | undefined {
  const signature = signatureOf(xml);
  if (signature === undefined) return undefined;
  for (const key of keys) {
    const signed = signedBy(key, xml, signature);
    if (signed !== undefined) return signed;
  }
  throw new RequestRefusal(`The signature of the ${parameter} is not by a key of its sender's metadata`);
}
