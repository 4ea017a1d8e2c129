import { createHash } from "node:crypto";

/** What crosses beside an ID token, for the claims that bind them together. */
export interface CrossesBeside {
  readonly accessToken?: string | undefined;
  readonly code?: string | undefined;
  readonly state?: string | undefined;
}

function digestOf(alg: string): string {
  if (alg.startsWith("Ed") || alg.endsWith("512")) return "sha512";
  return alg.endsWith("384") ? "sha384" : "sha256";
}

/**
 * The claims `at_hash`, `c_hash` and `s_hash` of an ID token, each only when its value crosses beside the token.
 *
 * @param alg that signs the ID token
 * @see OIDC Core §3.1.3.6 and §3.3.2.11, FAPI 1.0 Part 2 §5.1
 */
export function hashClaims(beside: CrossesBeside, alg: string): Readonly<Record<string, string>> {
  const values = [
    ["at_hash", beside.accessToken],
    ["c_hash", beside.code],
    ["s_hash", beside.state],
  ] as const;
  const claims: Record<string, string> = {};
  for (const [name, value] of values) {
    if (value === undefined) continue;
    const hash = createHash(digestOf(alg)).update(value).digest();
    claims[name] = hash.subarray(0, hash.length / 2).toString("base64url");
  }
  return claims;
}
