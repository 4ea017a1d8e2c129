import { ParseOption, XmlDocument, XmlLibError } from "libxml2-wasm";
import { escapeAttribute } from "./xml-canonical.ts";
import { elementsOf, type NamespaceScope, type XmlElement } from "./xml-element.ts";
import { readXml } from "./xml-reader.ts";
import { Refusal } from "./xml-refusal.ts";
import { decodeUtf8 } from "./web-crypto.ts";

const OPTIONS = {
  option:
    ParseOption.XML_PARSE_NONET |
    ParseOption.XML_PARSE_NO_XXE |
    ParseOption.XML_PARSE_NOCDATA |
    ParseOption.XML_PARSE_SKIP_IDS,
};
const ENCODING = /^<\?xml[^>]*?\sencoding\s*=\s*["']([^"'>]*)["']/;
const DECLARATION = /^<\?xml\s[^>]*\?>/;
const UTF_8_OR_ASCII = /^(?:utf-?8|us-ascii)$/i;

function decode(xml: string | Uint8Array, maxBytes: number): string {
  if (xml.length > maxBytes) {
    throw new Refusal("too-large", "", `the message has ${xml.length} bytes; ${maxBytes} are the limit`);
  }
  const text = typeof xml === "string" ? xml : decodeUtf8(xml);
  if (text === undefined) throw new Refusal("malformed", "", "the message is not UTF-8");
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

/** Where the prolog ends: after the XML declaration, comments, processing instructions and white space. */
function prologEnd(text: string): number {
  let position = 0;
  for (;;) {
    while (/\s/.test(text.charAt(position))) position += 1;
    const closing = text.startsWith("<!--", position) ? "-->" : text.startsWith("<?", position) ? "?>" : "";
    if (closing === "") return position;
    const end = text.indexOf(closing, position);
    if (end === -1) return position;
    position = end + closing.length;
  }
}

function refuseDoctype(): never {
  throw new Refusal("dtd", "", "the message has a DOCTYPE; a SAML message must have none");
}

function normalForm(text: string): string {
  let document: XmlDocument | undefined;
  try {
    document = XmlDocument.fromString(text, OPTIONS);
    if (document.dtd !== null) refuseDoctype();
    if (document.version !== "1.0") throw new Refusal("malformed", "", "the message is not XML 1.0");
    return document.toString({ format: false, noDeclaration: true, noEmptyTags: true });
  } catch (error) {
    if (error instanceof XmlLibError) {
      const reason = error.message.split("\n", 1)[0] ?? "";
      throw new Refusal("malformed", "", `the message is not well-formed XML: ${reason}`);
    }
    throw error;
  } finally {
    document?.dispose();
  }
}

/** Decodes XML and refuses what no parser should even see. */
function admit(xml: string | Uint8Array, maxBytes: number): string {
  const text = decode(xml, maxBytes);
  const encoding = ENCODING.exec(text)?.[1];
  if (encoding !== undefined && !UTF_8_OR_ASCII.test(encoding)) {
    throw new Refusal("malformed", "", "the message declares an encoding that is not UTF-8");
  }
  if (text.startsWith("<!DOCTYPE", prologEnd(text))) refuseDoctype();
  return text;
}

/**
 * Parses XML from outside: strict, without a document type, without reaching for anything else.
 *
 * libxml2 alone decides what is well-formed and resolves references, CDATA and attribute values. What it writes out
 * again is read into a tree in one go, because asking it node by node costs more than the parsing.
 *
 * @param xml as received; bytes must be UTF-8
 * @param maxBytes longest input, bytes
 * @throws Refusal of kind `too-large`, `malformed`, `dtd` or `structure`
 */
export function parseXml(xml: string | Uint8Array, maxBytes: number): XmlElement {
  return readXml(normalForm(admit(xml, maxBytes)));
}

function declarations(scope: NamespaceScope | undefined): string {
  const inner = new Map<string, string>();
  for (let entry = scope; entry !== undefined; entry = entry.outer) {
    if (!inner.has(entry.prefix)) inner.set(entry.prefix, entry.uri);
  }
  return [...inner]
    .filter(([prefix, uri]) => prefix === "" || uri !== "")
    .map(([prefix, uri]) => ` ${prefix === "" ? "xmlns" : `xmlns:${prefix}`}="${escapeAttribute(uri)}"`)
    .join("");
}

/**
 * Parses the one element that a decrypted text holds, under the same rules as a whole message.
 *
 * @param xml UTF-8
 * @param scope namespaces in scope where the ciphertext stood: the text may use them (XML Encryption §4.5)
 * @param maxBytes longest text, bytes
 * @throws Refusal of kind `too-large`, `malformed`, `dtd` or `structure`
 */
export function parseElement(
  xml: Uint8Array,
  scope: NamespaceScope | undefined,
  maxBytes: number,
): XmlElement {
  const text = admit(xml, maxBytes).replace(DECLARATION, "");
  const around = readXml(normalForm(`<around${declarations(scope)}>${text}</around>`));
  const [element, second] = elementsOf(around);
  const stray = around.children.some((child) => child.kind === "text" && child.value.trim() !== "");
  if (element === undefined || second !== undefined || stray) {
    throw new Refusal("structure", "", "what was encrypted is not exactly one element");
  }
  return element;
}
