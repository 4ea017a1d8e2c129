import { ParseOption, XmlDocument, XmlLibError } from "libxml2-wasm";
import type { XmlElement } from "./xml-element.ts";
import { readXml } from "./xml-reader.ts";
import { Refusal } from "./xml-refusal.ts";
import { decodeUtf8 } from "./web-crypto.ts";

const MAX_BYTES = 2 * 1024 * 1024;
const OPTIONS = {
  option:
    ParseOption.XML_PARSE_NONET |
    ParseOption.XML_PARSE_NO_XXE |
    ParseOption.XML_PARSE_NOCDATA |
    ParseOption.XML_PARSE_SKIP_IDS,
};
const ENCODING = /^<\?xml[^>]*?\sencoding\s*=\s*["']([^"'>]*)["']/;
const UTF_8_OR_ASCII = /^(?:utf-?8|us-ascii)$/i;

function decode(xml: string | Uint8Array): string {
  if (xml.length > MAX_BYTES) {
    throw new Refusal("too-large", "", `the message has ${xml.length} bytes; ${MAX_BYTES} are the limit`);
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

/**
 * Parses XML from outside: strict, without a document type, without reaching for anything else.
 *
 * libxml2 alone decides what is well-formed and resolves references, CDATA and attribute values. What it writes out
 * again is read into a tree in one go, because asking it node by node costs more than the parsing.
 *
 * @param xml as received; bytes must be UTF-8
 * @throws Refusal of kind `too-large`, `malformed`, `dtd` or `structure`
 */
export function parseXml(xml: string | Uint8Array): XmlElement {
  const text = decode(xml);
  const encoding = ENCODING.exec(text)?.[1];
  if (encoding !== undefined && !UTF_8_OR_ASCII.test(encoding)) {
    throw new Refusal("malformed", "", "the message declares an encoding that is not UTF-8");
  }
  if (text.startsWith("<!DOCTYPE", prologEnd(text))) refuseDoctype();
  return readXml(normalForm(text));
}
