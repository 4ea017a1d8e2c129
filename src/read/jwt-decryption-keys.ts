import type { CryptoKey, JWK } from "jose";
import { importJWK, importPKCS8 } from "jose/key/import";
import type { JsonObject } from "../artifact.ts";
import { KEY_MANAGEMENT } from "./jwt-encryption.ts";
import { importOnce } from "./jwt-key-cache.ts";

/** Operations of a private key that decrypt something. RFC 7517 §4.3. */
const DECRYPTING = ["decrypt", "unwrapKey", "deriveKey", "deriveBits"];

/** The policy has them in clear, and what WebCrypto cannot do is done with their numbers. */
const EXPORTABLE = { extractable: true };

/**
 * The private keys that may decrypt what was encrypted with an algorithm, imported. Keys are not chosen by `kid`: a
 * wrong one decrypts nothing, so trying each is safe.
 *
 * @param keys PEM (PKCS #8) or JWK
 * @param alg a key management algorithm
 */
export async function decryptionKeys(
  keys: readonly (string | JsonObject)[],
  alg: string,
): Promise<readonly CryptoKey[]> {
  const loaded = await Promise.all(
    keys.map((key) =>
      typeof key === "string"
        ? importOnce(keys, `${alg} ${key}`, () => importPKCS8(key.trim(), alg, EXPORTABLE))
        : importOnce(key, alg, () => importPrivate(key, alg)),
    ),
  );
  return loaded.filter((key) => key !== undefined);
}

async function importPrivate(jwk: JsonObject, alg: string): Promise<CryptoKey | undefined> {
  const material = fits(jwk, alg) ? privateMembers(jwk) : undefined;
  const key = material === undefined ? undefined : await importJWK(material, alg, EXPORTABLE);
  return key instanceof Uint8Array ? undefined : key;
}

/** Whether a JWK is meant for decrypting with this algorithm: its type, and what the key itself says. */
function fits({ kty, use, alg: marked, key_ops: operations }: JsonObject, alg: string): boolean {
  if (typeof kty !== "string" || !(KEY_MANAGEMENT.get(alg) ?? []).includes(kty)) return false;
  if ((use !== undefined && use !== "enc") || (marked !== undefined && marked !== alg)) return false;
  return (
    operations === undefined ||
    (Array.isArray(operations) && DECRYPTING.some((name) => operations.includes(name)))
  );
}

/** The key and nothing else: members unknown to us are no obstacle. */
function privateMembers(jwk: JsonObject): JWK | undefined {
  const names = jwk.kty === "RSA" ? ["n", "e", "d", "p", "q", "dp", "dq", "qi"] : ["crv", "x", "y", "d"];
  const members = names.map((name) => [name, jwk[name]] as const).filter(([, value]) => isText(value));
  return typeof jwk.kty === "string" && isText(jwk.d)
    ? { kty: jwk.kty, ...Object.fromEntries(members) }
    : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
