import type { KeyObject } from "node:crypto";
import type { EmissionKey } from "../keys/keys.ts";
import { late } from "../late.ts";
import type { SamlSignatureModel } from "../model.ts";
import { SIGNATURE_NAMESPACE } from "../saml/names.ts";
import { keyInfoContent, type ShownKeys } from "./key-info.ts";
import { signInfoAgain } from "./signed-info.ts";

/** What signs: a private key, and what the signature shows of keys. */
export interface XmlSigner extends ShownKeys {
  /** Not as PEM: to read that takes longer than to sign. */
  readonly privateKey: KeyObject;
  /** PEM of the published public key, which everybody knows. */
  readonly knownKey: string;
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

/** It takes a good part of a cold start, and many runs never sign XML. */
const xmlCrypto = late(() => import("xml-crypto"));

function derOf(certificatePem: string): string {
  return certificatePem.replace(/-----[^-]+-----|\s/g, "");
}

/**
 * A signer with this key under this certificate. The certificate need not be that of the key: whoever signs without
 * the published key still shows the published certificate, so that nothing but the signature value is wrong.
 *
 * @param published what everybody knows of the IdP's own key
 * @param ownCertificatePem of the key that signs; absent: it is the published one
 */
export function xmlSigner(
  key: EmissionKey,
  published: { readonly certificate: string; readonly key: EmissionKey },
  ownCertificatePem = published.certificate,
): XmlSigner {
  return {
    privateKey: key.privateKey,
    publicKey: key.publicKey,
    knownKey: published.key.publicKey.export({ type: "spki", format: "pem" }).toString(),
    certificate: derOf(published.certificate),
    ownCertificate: derOf(ownCertificatePem),
  };
}

/**
 * Signs one element of a document: enveloped, exclusive c14n, RSA with SHA-256, prefix `ds`, unless the form says
 * otherwise.
 *
 * @throws HarnessError when the form cannot be made
 */
export async function signXml(
  xml: string,
  place: XmlSignaturePlace,
  signer: XmlSigner,
  form: SamlSignatureModel = {},
): Promise<string> {
  const { SignedXml } = await xmlCrypto();
  const signature = new SignedXml({
    privateKey: signer.privateKey,
    idAttribute: place.idAttribute,
    signatureAlgorithm: RSA_SHA256,
    canonicalizationAlgorithm: EXCLUSIVE_C14N,
    getKeyInfoContent: () => keyInfoContent(form.keyInfo, signer),
  });
  signature.addReference({
    xpath: place.element,
    transforms: form.transforms ?? [ENVELOPED, EXCLUSIVE_C14N],
    digestAlgorithm: form.digest ?? SHA256,
  });
  signature.computeSignature(xml, { prefix: "ds", location: { ...place.location } });
  const signed = await signInfoAgain(signature.getSignedXml(), signer, {
    algorithm: form.algorithm ?? RSA_SHA256,
    edits: form.edits ?? [],
  });
  return signed.replace(LINE_BREAKS, (character) => `&#${character.charCodeAt(0)};`);
}
