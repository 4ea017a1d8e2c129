import type { CryptoKey } from "jose";
import { importJWK, importX509 } from "jose/key/import";
import type { JsonObject } from "../artifact.ts";
import type { TrustedIssuer } from "../policy.ts";
import { ALGORITHMS, sameAlgorithm } from "./jwt-algorithms.ts";
import { importOnce } from "./jwt-key-cache.ts";
import { publicMembers } from "./public-jwk.ts";
import { trustedJwks } from "./trusted-jwks.ts";

/** A trusted key that may have signed a token; importing it is put off until it is needed, and done once. */
export interface CandidateKey {
  readonly kid: unknown;
  /** Undefined for a key known from a certificate. */
  readonly jwk: JsonObject | undefined;
  /** Undefined when the key material cannot be used. */
  readonly load: () => Promise<CryptoKey | undefined>;
}

/**
 * Issuers whose keys may have signed for `iss`: keys are bound to their issuer. When none is trusted under that
 * name, all are returned, so that a signature can be told from a stranger's; the issuer rule then names the fault.
 */
export function issuersFor(iss: unknown, trusted: readonly TrustedIssuer[]): readonly TrustedIssuer[] {
  const own = trusted.filter(({ issuer }) => issuer === undefined || issuer === iss);
  return own.length > 0 ? own : trusted;
}

/**
 * Keys that fit an algorithm, chosen by `kid` when the token has one.
 *
 * A key without `kid` (one known from a certificate, say) is tried when no key carries the token's `kid`.
 */
export function candidateKeys(
  issuers: readonly TrustedIssuer[],
  alg: string,
  kid: string | undefined,
): readonly CandidateKey[] {
  const fitting = issuers.flatMap((issuer) => [...jwkCandidates(issuer, alg), ...pemCandidates(issuer, alg)]);
  if (kid === undefined) return fitting;
  const named = fitting.filter((key) => key.kid === kid);
  return named.length > 0 ? named : fitting.filter((key) => key.kid === undefined);
}

function jwkCandidates(issuer: TrustedIssuer, alg: string): readonly CandidateKey[] {
  const fitting = trustedJwks(issuer).filter((jwk) => fits(jwk, alg));
  return fitting.map((jwk) => ({
    kid: jwk.kid,
    jwk,
    load: () => importOnce(jwk, alg, () => importPublic(jwk, alg)),
  }));
}

function pemCandidates(issuer: TrustedIssuer, alg: string): readonly CandidateKey[] {
  return (issuer.certificates ?? []).map((pem) => ({
    kid: undefined,
    jwk: undefined,
    load: () => importOnce(issuer, `${alg} ${pem}`, () => importX509(pem.trim(), alg)),
  }));
}

/** Whether a JWK is meant for checking this algorithm: type, curve, and what the key itself says. RFC 8725 §3.1. */
function fits(jwk: JsonObject, alg: string): boolean {
  const needed = ALGORITHMS.get(alg);
  const { kty, crv, use, alg: marked, key_ops: operations } = jwk;
  if (needed === undefined || kty !== needed.kty) return false;
  if (needed.crv !== undefined && crv !== needed.crv) return false;
  if (use !== undefined && use !== "sig") return false;
  if (marked !== undefined && !sameAlgorithm(marked, alg)) return false;
  return operations === undefined || (Array.isArray(operations) && operations.includes("verify"));
}

async function importPublic(jwk: JsonObject, alg: string): Promise<CryptoKey | undefined> {
  const material = publicMembers(jwk);
  const key = material === undefined ? undefined : await importJWK(material, alg);
  return key instanceof Uint8Array ? undefined : key;
}
