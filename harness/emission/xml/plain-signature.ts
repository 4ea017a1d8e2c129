import { hash } from "node:crypto";
import { SIGNATURE_NAMESPACE } from "../saml/names.ts";
import { signBytes } from "../sign-bytes.ts";
import { canonicalPlainXml } from "./plain-canonical.ts";
import { type PlainElement, prefixOf, readPlainXml } from "./plain-xml.ts";
import type { XmlSignaturePlace } from "./signature-place.ts";
import type { XmlSigner } from "./signer.ts";

const EXCLUSIVE_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#";
const RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";

/** An id that a URI and an attribute hold as it is. */
const PLAIN_ID = /^[\w.-]+$/;

function localName({ name }: PlainElement): string {
  const prefix = prefixOf(name);
  return prefix === "" ? name : name.slice(prefix.length + 1);
}

function childNamed({ children }: PlainElement, wanted: string): PlainElement | undefined {
  for (const child of children) {
    if (typeof child !== "string" && (wanted === "*" || localName(child) === wanted)) return child;
  }
  return undefined;
}

function elementAt(root: PlainElement, [first = "", ...rest]: readonly string[]): PlainElement | undefined {
  const start = first === "*" || localName(root) === first ? root : undefined;
  return rest.reduce((found: PlainElement | undefined, name) => found && childNamed(found, name), start);
}

/** Where in the text the signature goes; undefined: there is no such place. */
function positionIn(element: PlainElement, position: XmlSignaturePlace["position"]): number | undefined {
  if (position === "after-issuer") return childNamed(element, "Issuer")?.end;
  return position === "first" ? element.content?.start : element.content?.end;
}

function signedInfo(id: string, digest: string): string {
  const transforms = [`${SIGNATURE_NAMESPACE}enveloped-signature`, EXCLUSIVE_C14N];
  return [
    `<ds:SignedInfo><ds:CanonicalizationMethod Algorithm="${EXCLUSIVE_C14N}"/>`,
    `<ds:SignatureMethod Algorithm="${RSA_SHA256}"/><ds:Reference URI="#${id}"><ds:Transforms>`,
    ...transforms.map((transform) => `<ds:Transform Algorithm="${transform}"/>`),
    `</ds:Transforms><ds:DigestMethod Algorithm="${SHA256}"/><ds:DigestValue>${digest}</ds:DigestValue>`,
    "</ds:Reference></ds:SignedInfo>",
  ].join("");
}

function signatureElement(content: string): string {
  return `<ds:Signature xmlns:ds="${SIGNATURE_NAMESPACE}">${content}</ds:Signature>`;
}

async function signature(
  info: string,
  keyInfo: string | null,
  { privateKey }: XmlSigner,
): Promise<string | undefined> {
  const read = readPlainXml(signatureElement(info));
  const element = read && childNamed(read, "SignedInfo");
  if (element === undefined) return undefined;
  const bytes = Buffer.from(canonicalPlainXml(element));
  const value = await signBytes(privateKey, "RSASSA-PKCS1-v1_5", "SHA-256", bytes);
  const shown = keyInfo === null ? "" : `<ds:KeyInfo>${keyInfo}</ds:KeyInfo>`;
  return signatureElement(
    `${info}<ds:SignatureValue>${value.toString("base64")}</ds:SignatureValue>${shown}`,
  );
}

/**
 * Signs one element in the usual form: enveloped, exclusive c14n, SHA-256, RSA. A library builds a document, looks around
 * in it by XPath and writes it anew for that, which takes ten times as long; XML of our own writing needs none of it.
 *
 * @param keyInfo content of KeyInfo; null: there is none
 * @returns undefined when the XML is not plain or has nothing to sign at this place: that is for the library
 */
export async function signPlainXml(
  xml: string,
  place: XmlSignaturePlace,
  signer: XmlSigner,
  keyInfo: string | null,
): Promise<string | undefined> {
  const root = readPlainXml(xml);
  const element = root && elementAt(root, place.path);
  // The enveloped signature is whatever signature the element has already.
  if (element === undefined || childNamed(element, "Signature") !== undefined) return undefined;
  const id = element.attributes.get(place.idAttribute) ?? "";
  const at = positionIn(element, place.position);
  if (!PLAIN_ID.test(id) || at === undefined) return undefined;
  const digest = hash("sha256", canonicalPlainXml(element), "base64");
  const made = await signature(signedInfo(id, digest), keyInfo, signer);
  return made === undefined ? undefined : `${xml.slice(0, at)}${made}${xml.slice(at)}`;
}
