import { decodeBase64 } from "../read/web-crypto.ts";
import { decodeText } from "./decode-text.ts";

const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;
/** Enough for an XML declaration and the name of the root. */
const HEAD = 512;

/** The bytes behind base64 text of either alphabet, padded or not; undefined when it is not base64. */
export function bytesBehind(text: string): Uint8Array | undefined {
  if (!BASE64.test(text)) return undefined;
  const standard = text.replace(/[-_]/g, (char) => (char === "-" ? "+" : "/")).replace(/=+$/, "");
  return decodeBase64(standard.padEnd(Math.ceil(standard.length / 4) * 4, "="));
}

/** The first characters behind base64 text; the empty string when it is not base64 of ASCII. */
export function headBehind(text: string): string {
  const bytes = bytesBehind(text.slice(0, HEAD));
  // Without the zeros and the byte order mark of UTF-16.
  return bytes === undefined
    ? ""
    : String.fromCharCode(...bytes.filter((byte) => byte > 0 && byte < 0x80)).trimStart();
}

/** The text behind base64; bytes when they are in no known encoding, undefined when it is not base64. */
export function textBehind(text: string): string | Uint8Array | undefined {
  const bytes = bytesBehind(text);
  return bytes === undefined ? undefined : (decodeText(bytes) ?? bytes);
}
