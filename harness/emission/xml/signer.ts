import type { KeyObject } from "node:crypto";
import type { EmissionKey } from "../keys/keys.ts";
import type { ShownKeys } from "./key-info.ts";

/** What signs: a private key, and what the signature shows of keys. */
export interface XmlSigner extends ShownKeys {
  /** Not as PEM: to read that takes longer than to sign. */
  readonly privateKey: KeyObject;
  /** PEM of the published public key, which everybody knows. */
  readonly knownKey: string;
}

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
