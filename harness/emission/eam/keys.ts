import type { EmissionKey } from "../keys/keys.ts";

/** Key id of the key on the EAM side: base64, not base64url, the same in the token and in the JWK Set (Entra's EAM provider reference). */
export function eamKeyId({ kid }: EmissionKey): string {
  return Buffer.from(kid, "base64url").toString("base64");
}

/** Keys that the EAM side publishes, the one it signs with first; the next one is there before it signs (Entra's EAM provider reference). */
export const EAM_KEYS = ["published", "next", "weak"] as const;

/**
 * The public key as Entra wants it published, with its certificate in `x5c`.
 *
 * @param certificate base64 of the DER form
 * @see RFC 7517 §4.7
 */
export function eamJwk(key: EmissionKey, certificate: string): Readonly<Record<string, unknown>> {
  const { kty, n, e } = key.publicKey.export({ format: "jwk" });
  return { kty, use: "sig", kid: eamKeyId(key), n, e, x5c: [certificate] };
}
