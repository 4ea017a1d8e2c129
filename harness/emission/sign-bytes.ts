import { type KeyObject, webcrypto } from "node:crypto";

/** What signs bytes, in the words of WebCrypto. */
export type SignatureScheme = "RSASSA-PKCS1-v1_5" | "RSA-PSS" | "ECDSA" | "Ed25519";

/** A hash that a signature is made of. */
export type SignatureHash = "SHA-1" | "SHA-256" | "SHA-384" | "SHA-512";

/** Length of each hash, bytes: the salt of RSA-PSS is as long. RFC 7518 §3.5. */
const HASH_BYTES: Readonly<Record<SignatureHash, number>> = {
  "SHA-1": 20,
  "SHA-256": 32,
  "SHA-384": 48,
  "SHA-512": 64,
};

/** Keys in the form that WebCrypto takes, which is made for one scheme and one hash. */
const importedKeys = new WeakMap<KeyObject, Map<string, webcrypto.CryptoKey>>();

function imported(key: KeyObject, scheme: SignatureScheme, hash: SignatureHash): webcrypto.CryptoKey {
  const made = importedKeys.get(key) ?? new Map<string, webcrypto.CryptoKey>();
  importedKeys.set(key, made);
  const name = `${scheme} ${hash}`;
  const found =
    made.get(name) ?? key.toCryptoKey({ name: scheme, hash, namedCurve: "P-256" }, true, ["sign"]);
  made.set(name, found);
  return found;
}

/**
 * Signs bytes in the thread pool; ECDSA as r and s beside each other, RSA-PSS with a salt as long as the hash.
 *
 * `crypto.sign` with a callback would do the same, but Node makes what it hangs on its job an old object at once:
 * everything that the callback can reach outlives every quick garbage collection, and a long run grows by it until the
 * slow one comes.
 *
 * @throws Error when the key cannot sign so, e.g. one that is too short for the hash
 */
export async function signBytes(
  privateKey: KeyObject,
  scheme: SignatureScheme,
  hash: SignatureHash,
  bytes: Uint8Array,
): Promise<Buffer> {
  const key = imported(privateKey, scheme, hash);
  const algorithm = { name: scheme, hash, saltLength: HASH_BYTES[hash] };
  return Buffer.from(await webcrypto.subtle.sign(algorithm, key, bytes));
}
