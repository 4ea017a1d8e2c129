import { createSign } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import type { Response } from "express";
import { saml2SignaturePlace } from "../../emission/saml/signature.ts";
import { signXml } from "../../emission/xml/signature.ts";
import type { XmlSigner } from "../../emission/xml/signer.ts";
import { sendPostPage } from "../pages/post-page.ts";
import type { MessageBinding, MessageParameter } from "./message.ts";

/** A message that goes to a service provider through the user agent. */
export interface OutgoingMessage {
  readonly parameter: MessageParameter;
  /** Not signed yet. */
  readonly xml: string;
  readonly binding: MessageBinding;
  readonly location: string;
  /** Undefined: none is sent. */
  readonly relayState: string | undefined;
}

const RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const MESSAGE = ["*"];

function signedUrl(
  { parameter, xml, location, relayState }: OutgoingMessage,
  { privateKey }: XmlSigner,
): string {
  const fields: [string, string][] = [
    [parameter, deflateRawSync(xml).toString("base64")],
    ...(relayState === undefined ? [] : [["RelayState", relayState] satisfies [string, string]]),
    ["SigAlg", RSA_SHA256],
  ];
  const query = fields.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
  const signature = createSign("sha256").update(query).sign(privateKey, "base64");
  const separator = location.includes("?") ? "&" : "?";
  return `${location}${separator}${query}&Signature=${encodeURIComponent(signature)}`;
}

/**
 * Sends a signed message: the query is signed, or the XML itself.
 *
 * @see SAML bindings §3.4.4.1 and §3.5.4
 */
export async function sendMessage(
  response: Response,
  message: OutgoingMessage,
  signer: XmlSigner,
): Promise<void> {
  const { parameter, xml, binding, location, relayState } = message;
  if (binding === "redirect") {
    response.set("Cache-Control", "no-store").redirect(303, signedUrl(message, signer));
    return;
  }
  const issuer = /<saml:Issuer[\s>]/.test(xml) ? "" : undefined;
  const unsigned = !/^<[^>]*\sID="/.test(xml);
  const signed = unsigned ? xml : await signXml(xml, saml2SignaturePlace(MESSAGE, issuer), signer);
  sendPostPage(response, location, {
    [parameter]: Buffer.from(signed).toString("base64"),
    RelayState: relayState,
  });
}
