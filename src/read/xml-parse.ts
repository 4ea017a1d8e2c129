import { ParseOption, XmlDocument, XmlLibError } from "libxml2-wasm";
import { escapeAttribute } from "./xml-canonical.ts";
import { decodeXml } from "./xml-decode.ts";
import { elementsOf, isBlank, passedOn, type XmlElement } from "./xml-element.ts";
import { readXml } from "./xml-reader.ts";
import { Refusal } from "./xml-refusal.ts";

const OPTIONS = {
  // It is text already: what it declares was heeded when it was decoded.
  encoding: "utf-8",
  option:
    ParseOption.XML_PARSE_NONET |
    ParseOption.XML_PARSE_NO_XXE |
    ParseOption.XML_PARSE_NOCDATA |
    ParseOption.XML_PARSE_SKIP_IDS,
};
const DECLARATION = /^<\?xml\s[^>]*\?>/;

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
  const text = decodeXml(xml, maxBytes);
  if (text.startsWith("<!DOCTYPE", prologEnd(text))) refuseDoctype();
  return text;
}

/**
 * Parses XML from outside: strict, without a document type, without reaching for anything else.
 *
 * libxml2 alone decides what is well-formed and resolves references, CDATA and attribute values. What it writes out
 * again is read into a tree in one go, because asking it node by node costs more than the parsing.
 *
 * @param xml as received; bytes in UTF-8, or in what they declare and `decodeXml` reads
 * @param maxBytes longest input, bytes
 * @throws Refusal of kind `too-large`, `malformed`, `dtd` or `structure`
 */
export function parseXml(xml: string | Uint8Array, maxBytes: number): XmlElement {
  return readXml(normalForm(admit(xml, maxBytes)));
}

/** What an element passes on to those inside it, as attributes: namespaces in scope, and `xml:` attributes. */
function context(holder: XmlElement): string {
  const inner = new Map<string, string>();
  for (let entry = holder.scope; entry !== undefined; entry = entry.outer) {
    if (!inner.has(entry.prefix)) inner.set(entry.prefix, entry.uri);
  }
  const declared = [...inner]
    .filter(([prefix, uri]) => prefix === "" || uri !== "")
    .map(([prefix, uri]) => ` ${prefix === "" ? "xmlns" : `xmlns:${prefix}`}="${escapeAttribute(uri)}"`);
  const inherited = passedOn(holder).map(({ local, value }) => ` xml:${local}="${escapeAttribute(value)}"`);
  return [...declared, ...inherited].join("");
}

/**
 * Parses the one element that a decrypted text holds, under the same rules as a whole message.
 *
 * @param xml UTF-8, or what it declares
 * @param holder element in which the ciphertext stood: the text may use what is in scope there (XML Encryption §4.5)
 * @param maxBytes longest text, bytes
 * @throws Refusal of kind `too-large`, `malformed`, `dtd` or `structure`
 */
export function parseElement(xml: Uint8Array, holder: XmlElement, maxBytes: number): XmlElement {
  const text = admit(xml, maxBytes).replace(DECLARATION, "");
  const around = readXml(normalForm(`<around${context(holder)}>${text}</around>`));
  const [element, second] = elementsOf(around);
  const stray = around.children.some((child) => child.kind === "text" && !isBlank(child.value));
  if (element === undefined || second !== undefined || stray) {
    throw new Refusal("structure", "", "what was encrypted is not exactly one element");
  }
  return element;
}
