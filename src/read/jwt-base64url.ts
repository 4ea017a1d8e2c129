import { decode } from "jose/base64url";

/** Shape of the platform's decoder; the library is compiled without the types of any platform. */
declare class TextDecoder {
  constructor(label: string, options: { readonly fatal: boolean; readonly ignoreBOM: boolean });
  decode(bytes: Uint8Array): string;
}

const ALPHABET = /^[A-Za-z0-9_-]*$/;

/** Last characters whose unused low bits are zero, by the length of the text modulo 4. */
const LAST: Readonly<Record<number, string>> = { 2: "AQgw", 3: "AEIMQUYcgkosw048" };

// A byte order mark is kept, so that the JSON parser refuses it.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Whether a text is base64url as RFC 7515 wants it: no padding, no other characters, and only one way to write
 * the same bytes.
 *
 * @see RFC 4648 §3.5
 */
export function isStrictBase64url(text: string): boolean {
  const rest = text.length % 4;
  if (rest === 1 || !ALPHABET.test(text)) return false;
  return rest === 0 || (LAST[rest] ?? "").includes(text.charAt(text.length - 1));
}

/** Decodes strict base64url into text; undefined when the bytes are not UTF-8. */
export function decodeText(base64url: string): string | undefined {
  const bytes = decode(base64url);
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
