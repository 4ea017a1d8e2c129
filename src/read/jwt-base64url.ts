// The library is compiled without the types of any platform, so what it uses of all of them is declared here.
declare const atob: (base64: string) => string;
declare const btoa: (binary: string) => string;
declare class TextDecoder {
  constructor(label: string, options: { readonly fatal: boolean; readonly ignoreBOM: boolean });
  decode(bytes: Uint8Array): string;
}

// A byte order mark is kept, so that the JSON parser refuses it.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Decodes base64url as RFC 7515 wants it: no padding, no other characters, and no second way to write the same
 * bytes.
 *
 * @returns a string of one character for each byte; undefined when the text is not strict base64url
 * @see RFC 4648 §3.5
 */
export function decodeBase64url(text: string): string | undefined {
  if (text.includes("+") || text.includes("/")) return undefined;
  const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
  try {
    const binary = atob(base64);
    // Writing it again shows what the platform let pass: blanks, padding, bits after the last byte.
    return btoa(binary).replace(/={1,2}$/, "") === base64 ? binary : undefined;
  } catch {
    return undefined;
  }
}

/** The bytes of a string of one character for each byte. */
export function bytesOf(binary: string): Uint8Array {
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** The text that bytes spell in UTF-8; undefined when they are not UTF-8. */
export function utf8Of(binary: string): string | undefined {
  try {
    return decoder.decode(bytesOf(binary));
  } catch {
    return undefined;
  }
}
