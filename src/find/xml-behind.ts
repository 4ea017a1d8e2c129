import { decodeBytewise, decodeUtf8 } from "../read/web-crypto.ts";
import { bytesBehind, headBehind, textBehind } from "./base64-text.ts";
import { inflate } from "./inflate.ts";

/** Largest message that is inflated, bytes. */
const MAX_INFLATED = 16 * 1024 * 1024;
const PROBE = 256;
/** A compressed response takes more than this, characters of base64. */
const SHORTEST = 100;

/** XML that base64 stands for. */
interface XmlBehind {
  readonly text: string;
  /** The bytes, when they are not UTF-8: handed on, so that the judge may say what is wrong with them. */
  readonly bytes?: Uint8Array;
  /** Whether it was compressed, as the Redirect binding of SAML demands. */
  readonly redirected: boolean;
}

/**
 * The XML behind base64, plain or compressed.
 *
 * @param mayBeDeflated whether to look for DEFLATE, which has no mark to be known by
 */
export function xmlBehind(line: string, mayBeDeflated: boolean): XmlBehind | undefined {
  if (headBehind(line).startsWith("<")) return plainXml(line);
  return mayBeDeflated && line.length >= SHORTEST ? deflatedXml(line) : undefined;
}

function plainXml(line: string): XmlBehind | undefined {
  const bytes = bytesBehind(line);
  if (bytes === undefined) return undefined;
  const utf8 = decodeUtf8(bytes);
  if (utf8 !== undefined && !utf8.includes("\0")) return { text: utf8, redirected: false };
  const text = textBehind(line);
  return { text: typeof text === "string" ? text : decodeBytewise(bytes), bytes, redirected: false };
}

function deflatedXml(line: string): XmlBehind | undefined {
  const bytes = bytesBehind(line);
  const head = bytes === undefined ? undefined : inflate(bytes, PROBE);
  if (bytes === undefined || head === undefined || !/^(?:\u00EF\u00BB\u00BF)?\s*</.test(decodeBytewise(head)))
    return undefined;
  // What is cut off here is over the judge's own limit.
  const whole = inflate(bytes, MAX_INFLATED);
  const text = whole === undefined ? undefined : (decodeUtf8(whole) ?? decodeBytewise(whole));
  return text === undefined ? undefined : { text, redirected: true };
}
