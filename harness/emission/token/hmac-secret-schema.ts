import { z } from "zod";

/** Ways to write a public key, each once for the structure of PKCS #1 and once for SubjectPublicKeyInfo. */
export const SPELLINGS = [
  "pem",
  "pem-without-last-newline",
  "pem-with-crlf",
  "pem-in-one-line",
  "base64-in-lines",
  "base64",
  "base64url",
  "hex",
  "der",
] as const;

/** Structures of a public key: PKCS #1 is for RSA only, SPKI for every type. */
export const STRUCTURES = ["pkcs1", "spki"] as const;

/** What else is public and may be taken for a key. */
export const PUBLIC_TEXTS = [
  "modulus",
  "modulus-bytes",
  "exponent",
  "jwk",
  "jwks",
  "kid",
  "audience",
] as const;

/** What keys an HMAC signature: public material, as an attacker has it, or any text. */
export const hmacSecretSchema = z.union([
  z.strictObject({ structure: z.enum(STRUCTURES), spelling: z.enum(SPELLINGS) }),
  z.strictObject({ material: z.enum(PUBLIC_TEXTS) }),
  z.strictObject({ text: z.string() }),
]);

/** What keys one HMAC signature. */
export type HmacSecret = Readonly<z.output<typeof hmacSecretSchema>>;

/** How the bytes of a key structure are written. */
export type Spelling = (typeof SPELLINGS)[number];

/** Public material that is a text. */
export type PublicText = (typeof PUBLIC_TEXTS)[number];
