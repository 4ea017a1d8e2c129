import { decodeAs, decodeUtf8, decodeUtf16 } from "./web-crypto.ts";
import { Refusal } from "./xml-refusal.ts";

/** The beginning of an entity, in which its XML declaration stands, if it has one. */
const HEAD = 256;
/** UTF-8's byte order mark, byte by byte, may stand in front: an encoding other than UTF-8 then decodes to no XML. */
const ENCODING = /^(?:\uFEFF|\u00EF\u00BB\u00BF)?<\?xml\s[^>]*?\sencoding\s*=\s*["']([^"'>]*)["']/;
const BYTE_ORDER_MARK = "\uFEFF";
/** Longest run of arguments that every engine takes. */
const CHUNK = 8192;

function malformed(message: string): Refusal {
  return new Refusal("malformed", "", message);
}

function fromCodes(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return text;
}

/** Each byte is the code point of that number; what the web calls so is windows-1252, which differs. */
function decodeLatin1(bytes: Uint8Array): string {
  return fromCodes(bytes);
}

function decodeAscii(bytes: Uint8Array): string | undefined {
  return bytes.some((byte) => byte > 0x7f) ? undefined : fromCodes(bytes);
}

/** The encodings that are read, by their names at IANA in lower case, with what turns their bytes into text. */
const DECODERS: ReadonlyMap<string, (bytes: Uint8Array) => string | undefined> = new Map([
  ["utf-8", decodeUtf8],
  ["utf8", decodeUtf8],
  ["us-ascii", decodeAscii],
  ["ascii", decodeAscii],
  ["iso-8859-1", decodeLatin1],
  ["iso_8859-1", decodeLatin1],
  ["latin1", decodeLatin1],
  ["iso-8859-15", (bytes) => decodeAs("iso-8859-15", bytes)],
  ["windows-1252", (bytes) => decodeAs("windows-1252", bytes)],
]);

const READ = "UTF-8, UTF-16, US-ASCII, ISO-8859-1, ISO-8859-15 or windows-1252";

/** UTF-16 is known by its byte order mark, which has to be there (XML §4.3.3); undefined when it is not. */
function utf16Order([first, second]: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : undefined;
}

function decodeMarked(bytes: Uint8Array, order: "utf-16le" | "utf-16be"): string {
  const text = decodeUtf16(bytes, order);
  const declared = text === undefined ? undefined : (declaredEncoding(text.slice(0, HEAD)) ?? "utf-16");
  if (text !== undefined && declared?.toLowerCase() === "utf-16") return text;
  throw malformed(
    "the message begins with the mark of UTF-16, and is not UTF-16 or declares another encoding",
  );
}

function declaredEncoding(text: string): string | undefined {
  return ENCODING.exec(text)?.[1];
}

function decodeBytes(bytes: Uint8Array): string {
  const declared = declaredEncoding(fromCodes(bytes.subarray(0, HEAD)));
  // A name that is not known is refused below, with what may stand there.
  const decode = DECODERS.get((declared ?? "utf-8").toLowerCase()) ?? decodeUtf8;
  const text = decode(bytes);
  if (text !== undefined) return text;
  throw malformed(`the message is not ${declared ?? "UTF-8"}, in which it has to be by its XML declaration`);
}

/**
 * The text of an XML entity from outside, without its byte order mark.
 *
 * @param xml as received: bytes in the encoding that they declare, by default UTF-8, or text
 * @param maxBytes longest input, bytes
 * @throws Refusal of kind `too-large` or `malformed`
 * @see XML §4.3.3
 */
export function decodeXml(xml: string | Uint8Array, maxBytes: number): string {
  if (xml.length > maxBytes) {
    throw new Refusal("too-large", "", `the message has ${xml.length} bytes; ${maxBytes} are the limit`);
  }
  const order = typeof xml === "string" ? undefined : utf16Order(xml);
  const decoded =
    typeof xml === "string" ? xml : order === undefined ? decodeBytes(xml) : decodeMarked(xml, order);
  const text = decoded.startsWith(BYTE_ORDER_MARK) ? decoded.slice(1) : decoded;
  if (text.startsWith(BYTE_ORDER_MARK)) {
    throw malformed("the message begins with more than one byte order mark; at most one may stand there");
  }
  const encoding = order === undefined ? declaredEncoding(text) : undefined;
  if (encoding === undefined || DECODERS.has(encoding.toLowerCase())) return text;
  throw malformed(`the message declares an encoding that is not read; it must be ${READ}`);
}
