import { inflateRawSync } from "node:zlib";
import type { XmlDocument, XmlElement } from "libxml2-wasm";
import { ASSERTION_NAMESPACE, PROTOCOL_NAMESPACE } from "../../emission/saml/names.ts";
import { late } from "../../emission/late.ts";
import { RequestRefusal } from "../refusal.ts";

/** How a message came: deflated in the query, or plain in a form. */
export type MessageBinding = "redirect" | "post";

/** The parameter that a message came in. */
export type MessageParameter = "SAMLRequest" | "SAMLResponse";

/** The attributes and the sender that every message of the protocol has, with a way to look further into it. */
export interface MessageReader {
  readonly id: string;
  /** Entity id of the sender. */
  readonly issuer: string;
  readonly attribute: (name: string) => string | undefined;
  /** Text at an XPath with the prefixes `samlp` and `saml`, without blanks around it. */
  readonly valueAt: (xpath: string) => string | undefined;
  readonly valuesAt: (xpath: string) => readonly string[];
}

const NAMESPACES = { samlp: PROTOCOL_NAMESPACE, saml: ASSERTION_NAMESPACE };

/** Real messages take 1 to 8 KB; a deflated one must not grow without end. */
const MAX_BYTES = 128 * 1024;

function inflate(bytes: Uint8Array, parameter: MessageParameter): Uint8Array {
  try {
    return inflateRawSync(bytes, { maxOutputLength: MAX_BYTES });
  } catch (cause) {
    const message = `The ${parameter} is not base64 of XML or of DEFLATE data, or takes more than ${MAX_BYTES} bytes`;
    throw new RequestRefusal(message, { cause });
  }
}

/** A posted message is not deflated, SAML bindings §3.5.4; node-saml deflates it all the same, unless told not to. */
function isDeflated(bytes: Buffer, binding: MessageBinding): boolean {
  return binding === "redirect" || !/^(\xEF\xBB\xBF)?\s*</.test(bytes.toString("latin1", 0, 64));
}

/**
 * Decodes a message as it came by one of the two bindings.
 *
 * @returns its XML, not parsed yet
 * @throws RequestRefusal when it is no base64 of UTF-8 text, or too large
 * @see SAML bindings §3.4.4.1 and §3.5.4
 */
export function decodeMessage(encoded: string, binding: MessageBinding, parameter: MessageParameter): string {
  const bytes = Buffer.from(encoded, "base64");
  const xml = isDeflated(bytes, binding) ? inflate(bytes, parameter) : bytes;
  if (xml.length > MAX_BYTES) throw new RequestRefusal(`The ${parameter} takes more than ${MAX_BYTES} bytes`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(xml);
  } catch (cause) {
    throw new RequestRefusal(`The ${parameter} is not UTF-8 text`, { cause });
  }
}

/** A strict parser, unlike the one that comes with samlify; loaded late, as the first message may never come. */
const libxml = late(() => import("libxml2-wasm"));

async function parse(xml: string, parameter: MessageParameter): Promise<XmlDocument> {
  if (xml.includes("<!DOCTYPE")) throw new RequestRefusal(`The ${parameter} holds a DOCTYPE`);
  const { ParseOption, XmlDocument } = await libxml();
  try {
    return XmlDocument.fromString(xml, {
      option: ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NONET,
    });
  } catch (cause) {
    throw new RequestRefusal(`The ${parameter} is not well-formed XML`, { cause });
  }
}

function readerOf(root: XmlElement, name: string, parameter: MessageParameter): MessageReader {
  if (root.name !== name || root.namespaceUri !== PROTOCOL_NAMESPACE) {
    throw new RequestRefusal(`The ${parameter} is not of the kind ${name} but ${root.name}`);
  }
  const attribute = (attributeName: string): string | undefined => root.attr(attributeName)?.value;
  const valueAt = (xpath: string): string | undefined => root.get(xpath, NAMESPACES)?.content.trim();
  const id = attribute("ID");
  const issuer = valueAt("saml:Issuer");
  if (attribute("Version") !== "2.0") throw new RequestRefusal(`The ${name} is not of SAML version 2.0`);
  if (!id) throw new RequestRefusal(`The ${name} has no ID`);
  if (!issuer) throw new RequestRefusal(`The ${name} has no Issuer`);
  const valuesAt = (xpath: string): readonly string[] =>
    root.find(xpath, NAMESPACES).map((node) => node.content.trim());
  return { id, issuer, attribute, valueAt, valuesAt };
}

/** One kind of message: the parameter that it comes in, the name of its element, and what is read of it. */
export interface MessageKind<Message> {
  readonly parameter: MessageParameter;
  readonly element: string;
  readonly read: (reader: MessageReader) => Message;
}

/**
 * Reads a message of one kind.
 *
 * @throws RequestRefusal when the XML is no such message of SAML 2.0
 */
export async function readMessage<Message>(
  xml: string,
  { parameter, element, read }: MessageKind<Message>,
): Promise<Message> {
  const document = await parse(xml, parameter);
  try {
    return read(readerOf(document.root, element, parameter));
  } finally {
    document.dispose();
  }
}
