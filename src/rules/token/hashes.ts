import type { Token } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import type { Policy } from "../../policy.ts";
import type { TokenCheck } from "./token-check.ts";

/** A hash in an ID token, of what was issued beside it. */
interface BesideHash {
  readonly claim: "at_hash" | "c_hash";
  /** Name of the thing in a response_type, and in words. */
  readonly responseType: "token" | "code";
  readonly what: string;
  readonly wanted: (token: Token) => string | undefined;
}

/** Hash of the access token. OIDC Core §3.1.3.6. */
export const AT_HASH: BesideHash = {
  claim: "at_hash",
  responseType: "token",
  what: "the access token",
  wanted: ({ beside }) => beside?.atHash,
};

/** Hash of the authorization code. OIDC Core §3.3.2.11. */
export const C_HASH: BesideHash = {
  claim: "c_hash",
  responseType: "code",
  what: "the authorization code",
  wanted: ({ beside }) => beside?.cHash,
};

/** Makes a check that a hash, where present, is that of what was issued beside the token. */
export function refuseOtherHash({ claim, what, wanted }: BesideHash): TokenCheck {
  return (token) => {
    const hash = wanted(token);
    if (hash === undefined || !Object.hasOwn(token.claims, claim)) return undefined;
    if (token.claims[claim] === hash) return [];
    const message = `${claim} is ${quote(token.claims[claim])}; it must be the hash of ${what} beside it, ${quote(hash)}`;
    return [{ at: `/claims/${claim}`, message }];
  };
}

/** Makes a check that a hash is there where an ID token comes together with what it is of, through the browser. */
export function requireHash({ claim, responseType, what }: BesideHash): TokenCheck {
  return ({ claims }, policy) => {
    const asked = policy.responseType?.split(" ") ?? [];
    if (!asked.includes("id_token") || !asked.includes(responseType)) return undefined;
    if (Object.hasOwn(claims, claim)) return [];
    const message = `${claim} is missing; with response_type ${quote(policy.responseType)} it must tie ${what} to the token`;
    return [{ at: `/claims/${claim}`, message }];
  };
}

/** Hashes that nothing was compared with: the token has one and the policy not what it is of, or the other way about. */
export function hashesLeftOpen({ claims }: Token, { accessToken, code }: Policy): readonly string[] {
  const known = { at_hash: accessToken !== undefined, c_hash: code !== undefined };
  return ([AT_HASH, C_HASH] as const)
    .filter(({ claim }) => Object.hasOwn(claims, claim) !== known[claim])
    .map(({ claim }) => claim);
}
