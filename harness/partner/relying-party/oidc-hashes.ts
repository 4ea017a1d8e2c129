import { createHash } from "node:crypto";
import { decodeProtectedHeader } from "jose";

/** What a hash in an ID token stands for. */
export type HashClaim = "at_hash" | "s_hash";

/** OIDC Core §3.1.3.6: base64url of the left half of the hash that the token's own algorithm uses. */
function leftHalf(value: string, idToken: string): string {
  const { alg = "" } = decodeProtectedHeader(idToken);
  const bits = /(256|384|512)$/.exec(alg)?.[1];
  if (bits === undefined) throw new Error(`there is no hash for the algorithm ${alg}`);
  const hash = createHash(`sha${bits}`).update(value).digest();
  return hash.subarray(0, hash.length / 2).toString("base64url");
}

/**
 * Checks that a value which crossed beside a verified ID token is the one that the token was issued with.
 *
 * @param found what the token says; a hash that is absent proves nothing, so the caller decides whether it may be
 * @throws Error when it is another, or no text
 */
export function checkHash(claim: HashClaim, found: unknown, value: string, idToken: string): void {
  if (found !== leftHalf(value, idToken)) throw new Error(`the ID token's ${claim} does not match`);
}
