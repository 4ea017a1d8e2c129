import type { CryptoKey } from "jose";
import type { HashName, SignatureAlgorithm } from "../vocabulary/saml-algorithms.ts";
import type { ContentCipher, OaepHash } from "../vocabulary/saml-encryption.ts";

// The library compiles without the types of Node or of a browser, so what it uses of both is declared here.
declare const crypto: {
  getRandomValues(bytes: Uint8Array): Uint8Array;
  readonly subtle: {
    importKey(
      format: "raw",
      key: Uint8Array,
      algorithm: string,
      extractable: boolean,
      uses: readonly string[],
    ): Promise<CryptoKey>;
    encrypt(algorithm: Cipher, key: CryptoKey, data: Uint8Array): Promise<ArrayBuffer>;
    decrypt(algorithm: Cipher, key: CryptoKey, data: Uint8Array): Promise<ArrayBuffer>;
    digest(hash: string, data: Uint8Array): Promise<ArrayBuffer>;
    verify(
      algorithm: { readonly name: string; readonly hash: string; readonly saltLength: number },
      key: CryptoKey,
      signature: Uint8Array,
      data: Uint8Array,
    ): Promise<boolean>;
  };
};

/** How WebCrypto is told to encrypt or decrypt. */
interface Cipher {
  readonly name: string;
  readonly iv?: Uint8Array;
  readonly label?: Uint8Array;
}
declare const TextEncoder: new () => { encode(text: string): Uint8Array };
declare const TextDecoder: new (
  label: string,
  options: { readonly fatal: boolean; readonly ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string };
declare const atob: (base64: string) => string;
declare const btoa: (binary: string) => string;

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

const encoder = new TextEncoder();

/** The UTF-8 bytes of a text. */
export function encodeUtf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The text of UTF-8 bytes, with its byte order mark if it has one; undefined when they are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  return decodeAs("utf-8", bytes);
}

/** The text of UTF-16 bytes, with its byte order mark if it has one; undefined when they are not UTF-16. */
export function decodeUtf16(bytes: Uint8Array, order: "utf-16le" | "utf-16be"): string | undefined {
  return decodeAs(order, bytes);
}

/** The text of bytes in an encoding of the web; undefined when they are not in it. */
export function decodeAs(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** One character for each byte: the text of bytes in an unknown encoding, as far as it is ASCII. */
export function decodeBytewise(bytes: Uint8Array): string {
  return new TextDecoder("latin1", { fatal: false, ignoreBOM: true }).decode(bytes);
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

/** So many bytes that nobody can foresee. */
export function randomBytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** Digest of bytes. */
export async function digest(hash: HashName | OaepHash, bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest(hash, bytes));
}

/** SHA-1 of bytes: the name by which a certificate is shown, and no proof of anything. */
export async function sha1(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-1", bytes));
}

/** Bytes as base64url without padding. */
export function encodeBase64url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
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

/** Undoes RSA-OAEP; undefined when the key does not fit. */
export async function unwrapKey(
  key: CryptoKey,
  label: Uint8Array,
  wrapped: Uint8Array,
): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: "RSA-OAEP", label }, key, wrapped));
  } catch {
    return undefined;
  }
}

const BLOCK = 16;
const GCM_IV = 12;

/** XML Encryption §5.2 lets the padding be any bytes but for the last one, its length; WebCrypto knows PKCS #7 only. */
async function decryptCbc(key: CryptoKey, bytes: Uint8Array): Promise<Uint8Array | undefined> {
  // One more block that decrypts to a whole block of padding, which WebCrypto then takes off instead of the real one.
  const padding = await crypto.subtle.encrypt(
    { name: "AES-CBC", iv: bytes.subarray(-BLOCK) },
    key,
    new Uint8Array(),
  );
  const padded = new Uint8Array(bytes.length - BLOCK + padding.byteLength);
  padded.set(bytes.subarray(BLOCK));
  padded.set(new Uint8Array(padding), bytes.length - BLOCK);
  const iv = bytes.subarray(0, BLOCK);
  const plain = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-CBC", iv }, key, padded));
  const pad = plain.at(-1) ?? 0;
  return pad < 1 || pad > BLOCK || pad > plain.length ? undefined : plain.subarray(0, -pad);
}

/**
 * Undoes the content encryption of XML Encryption 1.1 §5.2.
 *
 * @param bytes initialisation vector, ciphertext and, with GCM, the tag
 * @returns undefined when the key does not fit, or when GCM finds the content changed; CBC finds no change
 */
export async function decryptContent(
  { mode }: ContentCipher,
  rawKey: Uint8Array,
  bytes: Uint8Array,
): Promise<Uint8Array | undefined> {
  try {
    const key = await crypto.subtle.importKey("raw", rawKey, mode, false, ["encrypt", "decrypt"]);
    if (mode === "AES-CBC") return await decryptCbc(key, bytes);
    const iv = bytes.subarray(0, GCM_IV);
    return new Uint8Array(await crypto.subtle.decrypt({ name: mode, iv }, key, bytes.subarray(GCM_IV)));
  } catch {
    return undefined;
  }
}
