import { late } from "../late.ts";
import type { SamlSignatureModel } from "../model.ts";
import { SIGNATURE_NAMESPACE } from "../saml/names.ts";
import type { XmlSignaturePlace } from "./signature-place.ts";
import type { XmlSigner } from "./signer.ts";

const RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";
const EXCLUSIVE_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#";
const ENVELOPED = `${SIGNATURE_NAMESPACE}enveloped-signature`;

/** It takes a good part of a cold start, and many runs never need it. */
const xmlCrypto = late(() => import("xml-crypto"));

function xpathOf(path: readonly string[]): string {
  return path.map((name) => (name === "*" ? "/*" : `/*[local-name(.)='${name}'][1]`)).join("");
}

function locationOf({ path, position }: XmlSignaturePlace) {
  const reference = xpathOf(path);
  if (position === "first") return { reference, action: "prepend" } as const;
  if (position === "last") return { reference, action: "append" } as const;
  return { reference: `${reference}/*[local-name(.)='Issuer']`, action: "after" } as const;
}

/**
 * Signs one element with xml-crypto, in whatever form it knows and whatever the XML holds; the document is written anew.
 *
 * @param keyInfo content of KeyInfo; null: there is none
 * @throws Error when the form cannot be made
 */
export async function signWithLibrary(
  xml: string,
  place: XmlSignaturePlace,
  { privateKey }: XmlSigner,
  { transforms, digest }: SamlSignatureModel,
  keyInfo: string | null,
): Promise<string> {
  const { SignedXml } = await xmlCrypto();
  const signature = new SignedXml({
    privateKey,
    idAttribute: place.idAttribute,
    signatureAlgorithm: RSA_SHA256,
    canonicalizationAlgorithm: EXCLUSIVE_C14N,
    getKeyInfoContent: () => keyInfo,
  });
  signature.addReference({
    xpath: xpathOf(place.path),
    transforms: transforms ?? [ENVELOPED, EXCLUSIVE_C14N],
    digestAlgorithm: digest ?? SHA256,
  });
  signature.computeSignature(xml, { prefix: "ds", location: locationOf(place) });
  return signature.getSignedXml();
}
