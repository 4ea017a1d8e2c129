import type { EmissionKey } from "./keys.ts";
import type { SamlResponseModel } from "./model.ts";

/** What signs: a private key, and the certificate that the signature shows. */
export interface SamlSigner {
  /** PEM. */
  readonly privateKey: string;
  /** Base64 of the DER form, as KeyInfo carries it. */
  readonly certificate: string;
}

const RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
/**
 * What xmldom turns into a line feed when it reads it raw, though it writes it raw: as a reference it stays what was
 * signed.
 */
const LINE_BREAKS = /[\r\u0085\u2028]/g;
const RESPONSE = "/*[local-name(.)='Response']";
const ASSERTION = `${RESPONSE}/*[local-name(.)='Assertion']`;

/**
 * A signer with this key under this certificate. The certificate need not be that of the key: whoever signs without
 * the published key still shows the published certificate, so that nothing but the signature value is wrong.
 */
export function samlSigner(key: EmissionKey, certificatePem: string): SamlSigner {
  return {
    privateKey: key.privateKey.export({ type: "pkcs1", format: "pem" }).toString(),
    certificate: certificatePem.replace(/-----[^-]+-----|\s/g, ""),
  };
}

/**
 * Signs the Assertion, then the Response around it: enveloped, exclusive c14n, RSA with SHA-256. An element without an
 * ID is left unsigned, because a SAML signature has no other way to name what it signs (SAML core §5.4.2).
 *
 * @param xml what `samlResponseXml` wrote for the model
 */
export async function signSamlResponse(
  xml: string,
  model: SamlResponseModel,
  signer: SamlSigner,
): Promise<string> {
  const inner = await signElement(xml, ASSERTION, model.assertion, signer);
  return await signElement(inner, RESPONSE, model, signer);
}

async function signElement(
  xml: string,
  xpath: string,
  model: { readonly id?: string; readonly issuer?: string } | undefined,
  signer: SamlSigner,
): Promise<string> {
  if (model?.id === undefined) return xml;
  // Imported late: samlify costs a cold start a good part of its time, and many runs never sign SAML.
  // Node 22 finds no names in this CommonJS module, only the whole of it.
  const { default: samlify } = await import("samlify");
  const signed = samlify.SamlLib.constructSAMLSignature({
    rawSamlMessage: xml,
    referenceTagXPath: xpath,
    privateKey: signer.privateKey,
    signingCert: signer.certificate,
    signatureAlgorithm: RSA_SHA256,
    signatureConfig: { prefix: "ds", location: signatureLocation(xpath, model.issuer) },
    isBase64Output: false,
  });
  return signed.replace(LINE_BREAKS, (character) => `&#${character.charCodeAt(0)};`);
}

function signatureLocation(
  xpath: string,
  issuer: string | undefined,
): { reference: string; action: "after" | "prepend" } {
  // The schema wants the signature right after the Issuer; without an Issuer it comes first.
  if (issuer === undefined) return { reference: xpath, action: "prepend" };
  return { reference: `${xpath}/*[local-name(.)='Issuer']`, action: "after" };
}
