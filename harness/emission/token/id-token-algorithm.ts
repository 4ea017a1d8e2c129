import type { KeyName } from "../keys/key-names.ts";

/** What may sign an ID token; the first one unless a relying party registers another. */
export const ID_TOKEN_ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA", "HS256"] as const;

/** How the key of an encrypted ID token may be agreed on. */
export const ID_TOKEN_ENCRYPTIONS = ["RSA-OAEP", "RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A256KW"] as const;

/** What signs the ID tokens of one relying party. */
export type IdTokenAlgorithm = (typeof ID_TOKEN_ALGORITHMS)[number];

/** How the key of its encrypted ID tokens is agreed on. */
export type IdTokenEncryption = (typeof ID_TOKEN_ENCRYPTIONS)[number];

const KEYS: Readonly<Record<IdTokenAlgorithm, KeyName>> = {
  RS256: "published",
  // The first key is marked for RS256 alone.
  PS256: "next",
  ES256: "ec",
  EdDSA: "ed",
  HS256: "published",
};

/** The published key that signs with an algorithm. */
export function keyFor(algorithm: IdTokenAlgorithm): KeyName {
  return KEYS[algorithm];
}

/** The algorithm of this name; RS256 when there is none. */
export function readAlgorithm(name: string | undefined): IdTokenAlgorithm {
  return ID_TOKEN_ALGORITHMS.find((known) => known === name) ?? "RS256";
}
