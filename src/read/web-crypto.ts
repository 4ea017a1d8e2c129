import type { CryptoKey } from "jose";
import type { HashName, SignatureAlgorithm } from "../vocabulary/saml-algorithms.ts";

// The library compiles without the types of Node or of a browser, so what it uses of both is declared here.
declare const crypto: {
  readonly subtle: {
    digest(hash: string, data: Uint8Array): Promise<ArrayBuffer>;
    verify(
      algorithm: { readonly name: string; readonly hash: string; readonly saltLength: number },
      key: CryptoKey,
      signature: Uint8Array,
      data: Uint8Array,
    ): Promise<boolean>;
  };
};
declare const TextEncoder: new () => { encode(text: string): Uint8Array };
declare const TextDecoder: new (
  label: string,
  options: { readonly fatal: boolean },
) => { decode(bytes: Uint8Array): string };
declare const atob: (base64: string) => string;

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

const encoder = new TextEncoder();

/** The UTF-8 bytes of a text. */
export function encodeUtf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The text of UTF-8 bytes without a byte order mark; undefined when they are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The bytes of base64 text in which XML white space may stand; undefined when it is not base64. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const compact = text.replace(/[ \t\r\n]+/g, "");
  if (compact.length % 4 !== 0 || !BASE64.test(compact)) return undefined;
  const binary = atob(compact);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < bytes.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

/** Digest of bytes. */
export async function digest(hash: HashName, bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest(hash, bytes));
}

/** Whether a signature over bytes holds; a key that does not fit the algorithm verifies nothing. */
export async function verifies(
  algorithm: SignatureAlgorithm,
  key: CryptoKey,
  signature: Uint8Array,
  bytes: Uint8Array,
): Promise<boolean> {
  const { scheme, hash, saltLength } = algorithm;
  try {
    return await crypto.subtle.verify({ name: scheme, hash, saltLength }, key, signature, bytes);
  } catch {
    return false;
  }
}
