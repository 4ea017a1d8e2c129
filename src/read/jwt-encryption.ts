import type { JsonObject } from "../artifact.ts";
import { quote } from "../quote.ts";
import type { Obstacle } from "./reading.ts";

/**
 * Key management by a private key only, with the key types that fit. PKCS #1 v1.5 is an oracle, and `dir`, AES key
 * wrapping and passwords need a secret shared with the issuer. RFC 7518 §4.1, RFC 8725 §3.2.
 */
export const KEY_MANAGEMENT: ReadonlyMap<string, readonly string[]> = new Map([
  ["RSA-OAEP", ["RSA"]],
  ["RSA-OAEP-256", ["RSA"]],
  ["RSA-OAEP-384", ["RSA"]],
  ["RSA-OAEP-512", ["RSA"]],
  ["ECDH-ES", ["EC", "OKP"]],
  ["ECDH-ES+A128KW", ["EC", "OKP"]],
  ["ECDH-ES+A192KW", ["EC", "OKP"]],
  ["ECDH-ES+A256KW", ["EC", "OKP"]],
]);

/** Content encryption that authenticates what it encrypts: all that RFC 7518 §5.1 registers. */
export const CONTENT_ENCRYPTION: readonly string[] = [
  "A128GCM",
  "A192GCM",
  "A256GCM",
  "A128CBC-HS256",
  "A192CBC-HS384",
  "A256CBC-HS512",
];

/**
 * Everything in the header of an encrypted token that forbids to decrypt it. Compression is one of them: what it
 * unpacks to has no bound that could be checked before.
 *
 * @see RFC 7516 §4.1, RFC 8725 §3.6
 */
export function encryptionObstacles(header: JsonObject): readonly Obstacle[] {
  return [
    listed(header, "alg", [...KEY_MANAGEMENT.keys()]),
    listed(header, "enc", CONTENT_ENCRYPTION),
    absent(header, "crit"),
    absent(header, "zip"),
  ].filter((obstacle) => obstacle !== undefined);
}

function listed(header: JsonObject, name: "alg" | "enc", accepted: readonly string[]): Obstacle | undefined {
  const value = header[name];
  if (typeof value === "string" && accepted.includes(value)) return undefined;
  const message = `${name} of the encryption is ${quote(value)}; it must be one of ${accepted.join(", ")}`;
  return { kind: "algorithm-forbidden", at: `/header/${name}`, message };
}

function absent(header: JsonObject, name: "crit" | "zip"): Obstacle | undefined {
  if (!Object.hasOwn(header, name)) return undefined;
  const message = `${name} of the encryption is ${quote(header[name])}; it must not be there`;
  return { kind: "header-forbidden", at: `/header/${name}`, message };
}
