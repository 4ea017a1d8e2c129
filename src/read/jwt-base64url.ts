const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const NO_DIGIT = -1;

/** The value of each ASCII character as a base64url digit. */
const DIGITS: Int8Array = new Int8Array(128).fill(NO_DIGIT);
for (let digit = 0; digit < ALPHABET.length; digit += 1) DIGITS[ALPHABET.charCodeAt(digit)] = digit;

/**
 * Decodes base64url as RFC 7515 wants it: no padding, no other characters, and no second way to write the same
 * bytes. The platform's own decoders let all three pass, and checking after them costs more than this loop.
 *
 * @returns undefined when the text is not strict base64url
 * @see RFC 4648 §3.5
 */
export function decodeBase64url(text: string): Uint8Array | undefined {
  const rest = text.length % 4;
  const whole = text.length - rest;
  const bytes = new Uint8Array((text.length * 3) >> 2);
  let at = 0;
  for (let i = 0; i < whole; i += 4) {
    // One negative digit makes the whole number negative.
    const group = groupAt(text, i);
    if (group < 0) return undefined;
    bytes[at] = group >> 16;
    bytes[at + 1] = group >> 8;
    bytes[at + 2] = group;
    at += 3;
  }
  return rest === 0 || writeRest(text.slice(whole), bytes, at) ? bytes : undefined;
}

/** Writes the one or two bytes of a last, shorter group; false when there is none such, or bits are left over. */
function writeRest(text: string, bytes: Uint8Array, at: number): boolean {
  const group = groupAt(text.padEnd(4, "A"), 0);
  const unused = text.length === 2 ? 0xffff : 0xff;
  if (text.length < 2 || group < 0 || (group & unused) !== 0) return false;
  bytes.set([group >> 16, group >> 8].slice(0, text.length - 1), at);
  return true;
}

function groupAt(text: string, i: number): number {
  return (
    (digitAt(text, i) << 18) |
    (digitAt(text, i + 1) << 12) |
    (digitAt(text, i + 2) << 6) |
    digitAt(text, i + 3)
  );
}

function digitAt(text: string, i: number): number {
  return DIGITS[text.charCodeAt(i)] ?? NO_DIGIT;
}

/** Bytes as base64url without padding. */
export function encodeBase64url(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
    const group = (first << 16) | (second << 8) | third;
    const digits = [18, 12, 6, 0].map((shift) => ALPHABET.charAt((group >> shift) & 63));
    text += digits.slice(0, bytes.length - at + 1).join("");
  }
  return text;
}
