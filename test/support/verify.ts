import { DOMParser } from "@xmldom/xmldom";
import { compactVerify, importJWK } from "jose";
import { SignedXml } from "xml-crypto";
import type { IdpTrust } from "../../harness/idp/trust.ts";

const SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";

/** Whether jose finds the signature of a compact token right, with the key that the IdP publishes first. */
export async function tokenVerifies(jwt: string, { jwks }: IdpTrust): Promise<boolean> {
  try {
    await compactVerify(jwt, await importJWK({ kty: "RSA", ...jwks.keys[0] }, "RS256"));
    return true;
  } catch {
    return false;
  }
}

function signaturesIn(xml: string): readonly Element[] {
  const document = new DOMParser().parseFromString(xml, "text/xml");
  return Array.from(document.getElementsByTagNameNS(SIGNATURE, "Signature"));
}

/** Whether xml-crypto finds a signature, and every one right, with the certificate that the IdP publishes. */
export function xmlVerifies(xml: string, { samlCertificate }: IdpTrust): boolean {
  const found = signaturesIn(xml);
  return found.length > 0 && found.every((signature) => isRight(signature, xml, samlCertificate));
}

/** Whether xml-crypto finds any signature right, wherever it stands. */
export function anyXmlSignatureVerifies(xml: string, { samlCertificate }: IdpTrust): boolean {
  return signaturesIn(xml).some((signature) => isRight(signature, xml, samlCertificate));
}

function isRight(signature: Element, xml: string, publicCert: string): boolean {
  try {
    const signed = new SignedXml({ publicCert, idAttribute: "AssertionID" });
    signed.loadSignature(signature);
    return signed.checkSignature(xml);
  } catch {
    return false;
  }
}
