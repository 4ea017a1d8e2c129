import { inflateRawSync } from "node:zlib";
import type { XmlDocument, XmlElement } from "libxml2-wasm";
import { ASSERTION_NAMESPACE, PROTOCOL_NAMESPACE } from "../emission/saml-names.ts";
import { RequestRefusal } from "./refusal.ts";

/** How a request came: deflated in the query, or plain in a form. */
export type RequestBinding = "redirect" | "post";

/** What an AuthnRequest asks for. Its signature and its Destination are not looked at: a mock IdP answers anyone. */
export interface AuthnRequest {
  readonly id: string;
  /** Entity id of the service provider. */
  readonly issuer: string;
  readonly acsUrl: string | undefined;
  readonly acsIndex: string | undefined;
  readonly protocolBinding: string | undefined;
  readonly isPassive: boolean;
  readonly forceAuthn: boolean;
  readonly nameIdFormat: string | undefined;
  readonly comparison: string | undefined;
  readonly classRefs: readonly string[];
}

const NAMESPACES = { samlp: PROTOCOL_NAMESPACE, saml: ASSERTION_NAMESPACE };

/** Real requests take 1 to 8 KB; a deflated one must not grow without end. */
const MAX_BYTES = 128 * 1024;

function inflate(bytes: Uint8Array): Uint8Array {
  try {
    return inflateRawSync(bytes, { maxOutputLength: MAX_BYTES });
  } catch (cause) {
    const message = `The SAMLRequest is not base64 of XML or of DEFLATE data, or takes more than ${MAX_BYTES} bytes`;
    throw new RequestRefusal(message, { cause });
  }
}

/** A posted request is not deflated, SAML bindings §3.5.4; node-saml deflates it all the same, unless told not to. */
function isDeflated(bytes: Buffer, binding: RequestBinding): boolean {
  return binding === "redirect" || !/^(\xEF\xBB\xBF)?\s*</.test(bytes.toString("latin1", 0, 64));
}

function decode(encoded: string, binding: RequestBinding): string {
  const bytes = Buffer.from(encoded, "base64");
  const xml = isDeflated(bytes, binding) ? inflate(bytes) : bytes;
  if (xml.length > MAX_BYTES) throw new RequestRefusal(`The SAMLRequest takes more than ${MAX_BYTES} bytes`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(xml);
  } catch (cause) {
    throw new RequestRefusal("The SAMLRequest is not UTF-8 text", { cause });
  }
}

/** A strict parser, unlike the one that comes with samlify; imported late, as the first request may never come. */
async function parse(xml: string): Promise<XmlDocument> {
  if (xml.includes("<!DOCTYPE")) throw new RequestRefusal("The SAMLRequest holds a DOCTYPE");
  const { ParseOption, XmlDocument } = await import("libxml2-wasm");
  try {
    return XmlDocument.fromString(xml, {
      option: ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NONET,
    });
  } catch (cause) {
    throw new RequestRefusal("The SAMLRequest is not well-formed XML", { cause });
  }
}

function isTrue(value: string | undefined): boolean {
  return value === "true" || value === "1";
}

function readElement(root: XmlElement): AuthnRequest {
  if (root.name !== "AuthnRequest" || root.namespaceUri !== PROTOCOL_NAMESPACE) {
    throw new RequestRefusal(`The SAMLRequest is not an AuthnRequest but ${root.name}`);
  }
  const attribute = (name: string): string | undefined => root.attr(name)?.value;
  const valueAt = (xpath: string): string | undefined => root.get(xpath, NAMESPACES)?.content.trim();
  const id = attribute("ID");
  const issuer = valueAt("saml:Issuer");
  if (attribute("Version") !== "2.0") throw new RequestRefusal("The AuthnRequest is not of SAML version 2.0");
  if (!id) throw new RequestRefusal("The AuthnRequest has no ID");
  if (!issuer) throw new RequestRefusal("The AuthnRequest has no Issuer");
  return {
    id,
    issuer,
    acsUrl: attribute("AssertionConsumerServiceURL"),
    acsIndex: attribute("AssertionConsumerServiceIndex"),
    protocolBinding: attribute("ProtocolBinding"),
    isPassive: isTrue(attribute("IsPassive")),
    forceAuthn: isTrue(attribute("ForceAuthn")),
    nameIdFormat: valueAt("samlp:NameIDPolicy/@Format"),
    comparison: valueAt("samlp:RequestedAuthnContext/@Comparison"),
    classRefs: root
      .find("samlp:RequestedAuthnContext/saml:AuthnContextClassRef", NAMESPACES)
      .map((node) => node.content.trim()),
  };
}

/**
 * Reads the parameter `SAMLRequest` as it came by one of the two bindings.
 *
 * @throws RequestRefusal when it is no AuthnRequest of SAML 2.0
 * @see SAML bindings §3.4.4.1 and §3.5.4, SAML core §3.4.1
 */
export async function readAuthnRequest(encoded: string, binding: RequestBinding): Promise<AuthnRequest> {
  const document = await parse(decode(encoded, binding));
  try {
    return readElement(document.root);
  } finally {
    document.dispose();
  }
}
