import { decodeUtf8, decodeUtf16 } from "../read/web-crypto.ts";

/** UTF-16 units that are looked at where no byte order mark tells. */
const SAMPLE_UNITS = 64;
const FEWEST_UNITS = 8;

/**
 * The text of a file's bytes: UTF-8, or UTF-16 as Windows PowerShell writes it, each without its byte order mark.
 *
 * UTF-16 without a mark is recognised where it is certain: one byte of every pair at the beginning is zero, and none of
 * the others is, which no text in UTF-8 does.
 *
 * @returns undefined when the bytes are neither
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const text = decode(bytes);
  // Of several none is a mark: they stay, so that the judge may refuse the message that they stand in front of.
  return text?.replace(/^\uFEFF(?!\uFEFF)/, "");
}

function decode(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decodeUtf16(bytes, "utf-16le");
  if (first === 0xfe && second === 0xff) return decodeUtf16(bytes, "utf-16be");
  if (hasZeroHalf(bytes, 1)) return decodeUtf16(bytes, "utf-16le");
  if (hasZeroHalf(bytes, 0)) return decodeUtf16(bytes, "utf-16be");
  return decodeUtf8(bytes);
}

/** Whether of each pair of bytes at the beginning the one at `offset` is zero, and the other is not. */
function hasZeroHalf(bytes: Uint8Array, offset: 0 | 1): boolean {
  const units = Math.min(SAMPLE_UNITS, Math.floor(bytes.length / 2));
  if (units < FEWEST_UNITS) return false;
  for (let unit = 0; unit < units; unit += 1) {
    if (bytes[2 * unit + offset] !== 0 || bytes[2 * unit + 1 - offset] === 0) return false;
  }
  return true;
}
