import { exportJWK } from "jose/key/export";
import { importX509 } from "jose/key/import";
import type { CryptoKey } from "jose";
import type { JsonObject } from "../artifact.ts";

/** The last answer for each key: reading a certificate again for each token would cost more than the signature. */
const answers = new WeakMap<
  CryptoKey,
  { readonly x5c: unknown; readonly algorithm: string; readonly answer: Promise<boolean> }
>();

function toPem(der: string): string {
  const lines = der.replace(/\s+/g, "").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----"].join("\n");
}

async function keyIn(certificate: unknown, algorithm: string): Promise<CryptoKey | undefined> {
  if (typeof certificate !== "string") return undefined;
  try {
    return await importX509(toPem(certificate), algorithm, { extractable: true });
  } catch {
    return undefined; // No certificate, or one of a key of another kind.
  }
}

async function isSameKey(left: CryptoKey, right: CryptoKey): Promise<boolean> {
  const [one, other] = await Promise.all([exportJWK(left), exportJWK(right)]);
  return (["kty", "crv", "n", "e", "x", "y"] as const).every((name) => one[name] === other[name]);
}

/**
 * Whether the certificate that a JWK brings along is of another key than the JWK itself, or none at all: then nobody
 * can tell which of the two is trusted. An absent, null or empty chain certifies nothing and contradicts nothing.
 *
 * @param key the key of the JWK, imported
 * @param algorithm JOSE name that it was imported by
 * @see RFC 7517 §4.7
 */
export function contradictsItsCertificate(
  jwk: JsonObject,
  key: CryptoKey,
  algorithm: string,
): Promise<boolean> {
  const known = answers.get(key);
  if (known?.x5c === jwk.x5c && known?.algorithm === algorithm) return known.answer;
  const answer = compare(jwk, key, algorithm);
  answers.set(key, { x5c: jwk.x5c, algorithm, answer });
  return answer;
}

async function compare({ x5c }: JsonObject, key: CryptoKey, algorithm: string): Promise<boolean> {
  if (x5c === undefined || x5c === null || (Array.isArray(x5c) && x5c.length === 0)) return false;
  const chain: readonly unknown[] = Array.isArray(x5c) ? x5c : [];
  const certified = await keyIn(chain[0], algorithm);
  return certified === undefined || !(await isSameKey(key, certified));
}
