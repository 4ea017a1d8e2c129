import type { CryptoKey } from "jose";
import { exportJWK } from "jose/key/export";
import type { Policy } from "../policy.ts";
import { OAEP_NAMES, type OaepWay } from "../vocabulary/saml-encryption.ts";
import { decryptionKeys } from "./jwt-decryption-keys.ts";
import { decryptOaep } from "./rsa-oaep.ts";
import type { EncryptedParts, WrappedKey } from "./saml-encryption.ts";
import { decryptContent, unwrapKey } from "./web-crypto.ts";

async function unwrap(
  key: CryptoKey,
  way: OaepWay,
  { label, bytes }: WrappedKey,
): Promise<Uint8Array | undefined> {
  if (way.mask === way.digest) return unwrapKey(key, label, bytes);
  return decryptOaep(await exportJWK(key), way, label, bytes);
}

/**
 * Decrypts with whichever configured key fits. What went wrong with the others is not told: an answer that depends on
 * it is an oracle.
 *
 * @returns the plaintext, which nothing vouches for yet; undefined when no key fits or the content was changed
 */
export async function decrypt(
  { cipher, keys, bytes }: EncryptedParts,
  sources: NonNullable<Policy["decryptionKeys"]>,
): Promise<Uint8Array | undefined> {
  const trials = keys.flatMap((wrapped) => wrapped.ways.map((way) => ({ wrapped, way })));
  for (const { wrapped, way } of trials) {
    for (const key of await decryptionKeys(sources, OAEP_NAMES[way.digest])) {
      // One at a time: each is an RSA operation, and mostly the first one fits.
      const content = await unwrap(key, way, wrapped);
      const fits = content?.length === cipher.keyBytes;
      const plain = fits ? await decryptContent(cipher, content, bytes) : undefined;
      if (plain !== undefined) return plain;
    }
  }
  return undefined;
}
