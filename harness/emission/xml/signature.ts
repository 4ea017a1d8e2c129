import type { KeyObject } from "node:crypto";
import type { EmissionKey } from "../keys/keys.ts";
import type { SamlSignatureModel } from "../model.ts";
import { keyInfoContent, type ShownKeys } from "./key-info.ts";
import { signWithLibrary } from "./library-signature.ts";
import { signPlainXml } from "./plain-signature.ts";
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
  /** Local names from the root down to the element, at each step the first that fits; `*` fits any. */
  readonly path: readonly string[];
  /** Attribute that names the element: `ID` in SAML 2.0, `AssertionID` in SAML 1.1. */
  readonly idAttribute: string;
  /** Where among the children of the element its signature goes. */
  readonly position: "first" | "last" | "after-issuer";
}

const RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

/**
 * What xmldom turns into a line feed when it reads it raw, though it writes it raw: as a reference it stays what was
 * signed.
 */
const LINE_BREAKS = /[\r\u0085\u2028]/g;

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
  const keyInfo = keyInfoContent(form.keyInfo, signer);
  const isUsual = form.transforms === undefined && form.digest === undefined;
  const plain = isUsual ? await signPlainXml(xml, place, signer, keyInfo) : undefined;
  const made = plain ?? (await signWithLibrary(xml, place, signer, form, keyInfo));
  const signed = await signInfoAgain(made, signer, {
    algorithm: form.algorithm ?? RSA_SHA256,
    edits: form.edits ?? [],
  });
  return signed.replace(LINE_BREAKS, (character) => `&#${character.charCodeAt(0)};`);
}
