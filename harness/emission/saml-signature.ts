import type { SamlResponseModel } from "./model.ts";
import { signXml, type XmlSignaturePlace, type XmlSigner } from "./xml-signature.ts";

const RESPONSE = "/*[local-name(.)='Response']";
const ASSERTION = `${RESPONSE}/*[local-name(.)='Assertion']`;

/**
 * Signs the Assertion, then the Response around it. An element without an ID is left unsigned, because a SAML
 * signature has no other way to name what it signs (SAML core §5.4.2).
 *
 * @param xml what `samlResponseXml` wrote for the model
 */
export async function signSamlResponse(
  xml: string,
  model: SamlResponseModel,
  signer: XmlSigner,
): Promise<string> {
  const inner = await signElement(xml, ASSERTION, model.assertion, signer);
  return await signElement(inner, RESPONSE, model, signer);
}

async function signElement(
  xml: string,
  xpath: string,
  model: { readonly id?: string; readonly issuer?: string } | undefined,
  signer: XmlSigner,
): Promise<string> {
  if (model?.id === undefined) return xml;
  return await signXml(xml, saml2SignaturePlace(xpath, model.issuer), signer);
}

/** Where the signature of a SAML 2.0 element goes: right after the Issuer, as the schema wants it, else first. */
export function saml2SignaturePlace(element: string, issuer: string | undefined): XmlSignaturePlace {
  return {
    element,
    idAttribute: "ID",
    location:
      issuer === undefined
        ? { reference: element, action: "prepend" }
        : { reference: `${element}/*[local-name(.)='Issuer']`, action: "after" },
  };
}
