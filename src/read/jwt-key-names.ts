import type { TrustedIssuer } from "../policy.ts";
import { quote } from "../quote.ts";
import { trustedJwks } from "./trusted-jwks.ts";

/** How many trusted kids a message names: a JWK Set may hold hundreds of keys. */
const MAX_NAMED = 5;

function kidsOf(issuers: readonly TrustedIssuer[]): ReadonlySet<string> {
  const kids = issuers.flatMap((issuer) => trustedJwks(issuer).map(({ kid }) => kid));
  return new Set(kids.filter((kid) => typeof kid === "string"));
}

function hasKeys(issuers: readonly TrustedIssuer[]): boolean {
  return issuers.some((issuer) => trustedJwks(issuer).length + (issuer.certificates ?? []).length > 0);
}

/** Whether a trusted key has this kid, be it of use for the token or not. */
export function isTrustedKid(kid: unknown, issuers: readonly TrustedIssuer[]): boolean {
  return typeof kid === "string" && kidsOf(issuers).has(kid);
}

/**
 * The kids of the trusted keys in words, so that a key that was rolled over can be told from a wrong file.
 *
 * @param wanted the kid of the token; one that only looks like a trusted one is said to differ
 */
export function trustedKidsInWords(issuers: readonly TrustedIssuer[], wanted: unknown): string {
  const kids = [...kidsOf(issuers)];
  const twin = kids.find(
    (kid) => kid !== wanted && typeof wanted === "string" && kid.normalize() === wanted.normalize(),
  );
  if (twin !== undefined) {
    return `the trusted kid ${quote(twin)} looks the same and has other characters: accents are encoded in another way (Unicode NFC, NFD)`;
  }
  if (kids.length === 0) return hasKeys(issuers) ? "the trusted keys have no kid" : "there is no trusted key";
  const named = kids.slice(0, MAX_NAMED).map(quote).join(", ");
  const more = kids.length > MAX_NAMED ? ` and ${kids.length - MAX_NAMED} more` : "";
  return kids.length === 1 ? `the trusted kid is ${named}` : `the trusted kids are ${named}${more}`;
}
