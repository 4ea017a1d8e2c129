import type { KeyObject } from "node:crypto";
import type { SamlSignatureModel } from "../model.ts";

/** What a signature may show of keys. */
export interface ShownKeys {
  /** The key that the signature verifies with. */
  readonly publicKey: KeyObject;
  /** Base64 of the DER form of the published certificate, whoever signs. */
  readonly certificate: string;
  /** The same of the certificate of the key that signs. */
  readonly ownCertificate: string;
}

function x509(...certificates: readonly string[]): string {
  const shown = certificates.map((each) => `<ds:X509Certificate>${each}</ds:X509Certificate>`);
  return `<ds:X509Data>${shown.join("")}</ds:X509Data>`;
}

function base64(base64url: string | undefined): string {
  return Buffer.from(base64url ?? "", "base64url").toString("base64");
}

function keyValue(publicKey: KeyObject): string {
  const { n, e } = publicKey.export({ format: "jwk" });
  const parts = `<ds:Modulus>${base64(n)}</ds:Modulus><ds:Exponent>${base64(e)}</ds:Exponent>`;
  return `<ds:KeyValue><ds:RSAKeyValue>${parts}</ds:RSAKeyValue></ds:KeyValue>`;
}

type Write = (keys: ShownKeys) => string | null;

const FORMS: Readonly<Record<NonNullable<SamlSignatureModel["keyInfo"]>, Write>> = {
  published: ({ certificate }) => x509(certificate),
  signing: ({ ownCertificate }) => x509(ownCertificate),
  several: ({ certificate, ownCertificate }) => `${x509(certificate)}${x509(ownCertificate)}`,
  "key-value": ({ publicKey }) => keyValue(publicKey),
  "key-name": () => "<ds:KeyName>mfa-harness mock IdP</ds:KeyName>",
  // Port 9 discards: whoever follows the address gets no key from it.
  retrieval: () =>
    '<ds:RetrievalMethod URI="http://127.0.0.1:9/key" Type="http://www.w3.org/2000/09/xmldsig#X509Data"/>',
  none: () => null,
};

/** The content of KeyInfo; null: there is no KeyInfo. */
export function keyInfoContent(form: SamlSignatureModel["keyInfo"], keys: ShownKeys): string | null {
  return FORMS[form ?? "published"](keys);
}
