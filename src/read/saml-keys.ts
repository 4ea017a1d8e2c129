import { importJWK, importX509, type CryptoKey } from "jose";
import type { JsonObject } from "../artifact.ts";
import type { Policy, TrustedIssuer } from "../policy.ts";
import type { SignatureAlgorithm } from "../vocabulary/saml-algorithms.ts";
import { publicMembers } from "./public-jwk.ts";
import { trustedJwks } from "./trusted-jwks.ts";

/** What a policy gives a key as: a PEM certificate or a public JWK. */
export type KeySource = string | Readonly<Record<string, unknown>>;

const MAX_CACHED_CERTIFICATES = 1000;
const certificates = new Map<string, Map<string, Promise<CryptoKey | undefined>>>();
const jwks = new WeakMap<object, Map<string, Promise<CryptoKey | undefined>>>();

/** JOSE names to import a key by: an EC key brings its curve, which XML Signature does not tie to the hash. */
function importNames({ scheme, names }: SignatureAlgorithm): readonly string[] {
  if (scheme === "ECDSA") return ["ES256", "ES384", "ES512"];
  return scheme === "Ed25519" ? ["Ed25519"] : names;
}

function mayVerify(jwk: Readonly<Record<string, unknown>>, { names }: SignatureAlgorithm): boolean {
  if (jwk["use"] !== undefined && jwk["use"] !== "sig") return false;
  if (Array.isArray(jwk["key_ops"]) && !jwk["key_ops"].includes("verify")) return false;
  return jwk["alg"] === undefined || names.some((name) => name === jwk["alg"]);
}

async function importPublic(source: JsonObject, name: string): Promise<CryptoKey | Uint8Array | undefined> {
  const material = publicMembers(source);
  return material === undefined ? undefined : await importJWK(material, name);
}

async function importKey(source: KeySource, algorithm: SignatureAlgorithm): Promise<CryptoKey | undefined> {
  if (typeof source !== "string" && !mayVerify(source, algorithm)) return undefined;
  for (const name of importNames(algorithm)) {
    try {
      const key = await (typeof source === "string" ? importX509(source, name) : importPublic(source, name));
      if (key instanceof Uint8Array || key === undefined) continue;
      return key;
    } catch {
      // This key is not of the kind that the algorithm wants: it verifies nothing.
    }
  }
  return undefined;
}

function cacheOf(source: KeySource): Map<string, Promise<CryptoKey | undefined>> {
  const known = typeof source === "string" ? certificates.get(source) : jwks.get(source);
  if (known !== undefined) return known;
  const fresh = new Map<string, Promise<CryptoKey | undefined>>();
  if (typeof source !== "string") jwks.set(source, fresh);
  else {
    if (certificates.size >= MAX_CACHED_CERTIFICATES) certificates.clear();
    certificates.set(source, fresh);
  }
  return fresh;
}

/** The key of a source for an algorithm, imported once; undefined when it is of another kind or for another use. */
export async function loadKey(
  source: KeySource,
  algorithm: SignatureAlgorithm,
): Promise<CryptoKey | undefined> {
  const cache = cacheOf(source);
  const name = algorithm.names.join();
  const known = cache.get(name);
  if (known !== undefined) return known;
  const key = importKey(source, algorithm);
  cache.set(name, key);
  return key;
}

function sourcesOf(issuer: TrustedIssuer): readonly KeySource[] {
  return [...(issuer.certificates ?? []), ...trustedJwks(issuer)];
}

/** Keys that may sign for an issuer, and those of all other trusted issuers, which may not. */
export interface KeyRing {
  readonly own: readonly KeySource[];
  readonly foreign: readonly KeySource[];
  /** Whether the policy trusts the issuer at all. */
  readonly trusted: boolean;
}

/** Sorts the keys of a policy by whether they are bound to the issuer that a message claims. */
export function keyRing(policy: Policy, issuer: string | undefined): KeyRing {
  const own = policy.issuers.filter((each) => each.issuer === undefined || each.issuer === issuer);
  const foreign = policy.issuers.filter((each) => !own.includes(each));
  return {
    own: own.flatMap((each) => sourcesOf(each)),
    foreign: foreign.flatMap((each) => sourcesOf(each)),
    trusted: own.length > 0,
  };
}
