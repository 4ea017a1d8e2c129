import type { JsonObject } from "../artifact.ts";
import type { TrustedIssuer } from "../policy.ts";

/** The keys of an issuer's JWK Set. A set that was fetched is JSON of somebody else: what is no object is no key. */
export function trustedJwks({ jwks }: TrustedIssuer): readonly JsonObject[] {
  const keys: readonly unknown[] = jwks?.keys ?? [];
  return keys.filter(isObject);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
