import type { SamlResponseModel, SamlSignatureModel, XmlText } from "../model.ts";
import { type AssertionEncryption, encryptAssertion } from "../xml/encryption.ts";
import { signXml } from "../xml/signature.ts";
import type { XmlSignaturePlace } from "../xml/signature-place.ts";
import type { XmlSigner } from "../xml/signer.ts";

const RESPONSE = ["Response"];
/** The first is the one that the model describes: a patch may write another behind it. */
const ASSERTION = [...RESPONSE, "Assertion"];

/**
 * Signs the Assertion, then the Response around it, each if it is to be. An element without an ID is left unsigned,
 * because a SAML signature has no other way to name what it signs (SAML core §5.4.2). What is encrypted is encrypted
 * between the two, SAML core §6.2.
 *
 * @param xml what `samlResponseXml` wrote for the model
 * @throws HarnessError when the model asks for a signature that cannot be made
 */
export async function signSamlResponse(
  xml: string,
  model: SamlResponseModel,
  signer: XmlSigner,
  encryption?: AssertionEncryption,
): Promise<string> {
  const { signature: form = {}, assertion } = model;
  const { of = [] } = form;
  const signed = of.includes("assertion") ? await signElement(xml, ASSERTION, assertion, signer, form) : xml;
  const inner = encryption === undefined ? signed : await encryptAssertion(signed, encryption);
  return of.includes("response") ? await signElement(inner, RESPONSE, model, signer, form) : inner;
}

async function signElement(
  xml: string,
  path: readonly string[],
  model: { readonly id?: XmlText; readonly issuer?: XmlText } | undefined,
  signer: XmlSigner,
  form: SamlSignatureModel,
): Promise<string> {
  if (model?.id === undefined) return xml;
  return await signXml(xml, saml2SignaturePlace(path, model.issuer), signer, form);
}

/** Where the signature of a SAML 2.0 element goes: right after the Issuer, as the schema wants it, else first. */
export function saml2SignaturePlace(path: readonly string[], issuer: XmlText | undefined): XmlSignaturePlace {
  return { path, idAttribute: "ID", position: issuer === undefined ? "first" : "after-issuer" };
}
