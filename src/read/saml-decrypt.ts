import type { Policy } from "../policy.ts";
import { decryptionKeys } from "./jwt-decryption-keys.ts";
import type { EncryptedParts } from "./saml-encryption.ts";
import { decryptContent, unwrapKey } from "./web-crypto.ts";

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
  for (const { algorithm, label, bytes: wrapped } of keys) {
    for (const key of await decryptionKeys(sources, algorithm)) {
      // One at a time: each is an RSA operation, and mostly the first one fits.
      const content = await unwrapKey(key, label, wrapped);
      const fits = content?.length === cipher.keyBytes;
      const plain = fits ? await decryptContent(cipher, content, bytes) : undefined;
      if (plain !== undefined) return plain;
    }
  }
  return undefined;
}
