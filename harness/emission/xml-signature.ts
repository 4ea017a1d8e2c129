import type { EmissionKey } from "./keys.ts";
import { SIGNATURE_NAMESPACE } from "./saml-names.ts";

/** What signs: a private key, and the certificate that the signature shows. */
export interface XmlSigner {
  /** PEM. */
  readonly privateKey: string;
  /** Base64 of the DER form, as KeyInfo carries it. */
  readonly certificate: string;
}

/** One element to be signed, and where its signature goes. */
export interface XmlSignaturePlace {
  /** XPath of the element. */
  readonly element: string;
  /** Attribute that names the element: `ID` in SAML 2.0, `AssertionID` in SAML 1.1. */
  readonly idAttribute: string;
  /** The signature goes to this place, seen from the element that the XPath `reference` finds. */
  readonly location: { readonly reference: string; readonly action: "after" | "prepend" | "append" };
}

const RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";
const EXCLUSIVE_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#";
const ENVELOPED = `${SIGNATURE_NAMESPACE}enveloped-signature`;

/**
 * What xmldom turns into a line feed when it reads it raw, though it writes it raw: as a reference it stays what was
 * signed.
 */
const LINE_BREAKS = /[\r\u0085\u2028]/g;

/**
 * A signer with this key under this certificate. The certificate need not be that of the key: whoever signs without
 * the published key still shows the published certificate, so that nothing but the signature value is wrong.
 */
export function xmlSigner(key: EmissionKey, certificatePem: string): XmlSigner {
  return {
    privateKey: key.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    certificate: certificatePem.replace(/-----[^-]+-----|\s/g, ""),
  };
}

/** Signs one element of a document: enveloped, exclusive c14n, RSA with SHA-256, prefix `ds`. */
export async function signXml(xml: string, place: XmlSignaturePlace, signer: XmlSigner): Promise<string> {
  // Imported late: xml-crypto takes a good part of a cold start, and many runs never sign XML.
  const { SignedXml } = await import("xml-crypto");
  const signature = new SignedXml({
    privateKey: signer.privateKey,
    idAttribute: place.idAttribute,
    signatureAlgorithm: RSA_SHA256,
    canonicalizationAlgorithm: EXCLUSIVE_C14N,
    getKeyInfoContent: () =>
      `<ds:X509Data><ds:X509Certificate>${signer.certificate}</ds:X509Certificate></ds:X509Data>`,
  });
  signature.addReference({
    xpath: place.element,
    transforms: [ENVELOPED, EXCLUSIVE_C14N],
    digestAlgorithm: SHA256,
  });
  signature.computeSignature(xml, { prefix: "ds", location: { ...place.location } });
  const signed = signature.getSignedXml();
  return signed.replace(LINE_BREAKS, (character) => `&#${character.charCodeAt(0)};`);
}
