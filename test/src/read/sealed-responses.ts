import { encryptedAssertion, type EncryptionOptions } from "../../support/encrypted-saml.ts";
import { assertionIn, rsaKey, samplePolicy, sampleResponse, signSaml } from "../../support/signed-saml.ts";

/** Keys: of the identity provider, of nobody, of this service provider, of another one. */
export const key = rsaKey();
export const stranger = rsaKey();
export const ours = rsaKey();
export const theirs = rsaKey();
/** Our private key as PEM. */
export const PEM = ours.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
/** A policy that trusts the identity provider and can decrypt what is for us. */
export const policy = samplePolicy([key], { decryptionKeys: [PEM] });
/** The sample, plain and with its assertion signed. */
export const plain = sampleResponse();
export const signed = signSaml(plain, "Assertion", key);

/** A response whose assertion is replaced by something else. */
export function around(inside: string): string {
  return plain.replace(assertionIn(plain), inside);
}

/** The sample with its assertion signed, then encrypted. */
export function sealed(options: EncryptionOptions = {}, text: string | Buffer = assertionIn(signed)): string {
  return around(encryptedAssertion(text, ours, options));
}

/** The sample with its assertion encrypted, then the Response around it signed. */
export function sealedThenSigned(options: EncryptionOptions = {}, text = assertionIn(plain)): string {
  return signSaml(sealed(options, text), "Response", key);
}
