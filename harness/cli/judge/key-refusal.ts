import { HarnessError } from "../../errors.ts";

const FORMS =
  "--keys takes a JWK Set or JWK, X.509 certificates and public keys (PEM, DER or base64), SAML or WS-Federation metadata, or a federation configuration of Microsoft Graph.";

/** What a file is that holds no key: the predicate of a sentence, and the next step if there is a special one. */
export interface KeyRefusal {
  readonly is: string;
  readonly hint?: string;
}

/** The error for a file that holds no key. */
export function noKeyIn(file: string, refusal: KeyRefusal | undefined): HarnessError {
  const message = `${file} holds no key that can verify a signature`;
  return new HarnessError(
    "ERR_KEYS_UNREADABLE",
    refusal === undefined ? message : `${message}: ${refusal.is}`,
    refusal?.hint ?? FORMS,
  );
}

export const PRIVATE_KEY: KeyRefusal = {
  is: "it is a private key",
  hint: "Keep it to yourself and name the public key or certificate: openssl pkey -in <file> -pubout -out public.pem",
};
export const PKCS12: KeyRefusal = {
  is: "it is a PKCS #12 store, which is encrypted",
  hint: "Take the certificate out of it: openssl pkcs12 -in <file> -nokeys -out certificate.pem",
};
export const PKCS7: KeyRefusal = {
  is: "it is a PKCS #7 bundle",
  hint: "Take the certificates out of it: openssl pkcs7 -in <file> -print_certs -out certificates.pem (for DER with -inform der)",
};
