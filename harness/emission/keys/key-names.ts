/** The keys that an IdP publishes in its JWK Set, the one it signs with first. */
export const PUBLISHED_KEYS = ["published", "next", "ec", "ed", "weak"] as const;

/**
 * Every key that may sign. Published: `published` (RSA, marked for RS256) and `next` (RSA, for any algorithm of RSA),
 * `ec` (P-256), `ed` (Ed25519), and `weak` (RSA-1024). Not published: `stranger`, which an attacker has, and
 * `other-issuer`, which another IdP has.
 */
export const KEY_NAMES = [...PUBLISHED_KEYS, "stranger", "other-issuer"] as const;

/** The name of a key. */
export type KeyName = (typeof KEY_NAMES)[number];
