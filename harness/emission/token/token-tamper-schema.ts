import { z } from "zod";

const segment = z.enum(["header", "payload", "signature"]);

/** Other ways to write the bytes of a segment, which a strict reader takes for none. */
export const RESPELLINGS = ["padded", "standard-base64", "trailing-bits", "line-break"] as const;

/** Forms of an ECDSA signature that no reader may take, and `other-s`, which it may: both values of s verify. */
export const ECDSA_FORMS = ["zero", "zero-r", "zero-s", "order", "ones", "der", "short", "other-s"] as const;

/** Key management of a wrapped token; `dir` is keyed with what is public. */
const WRAPPING_ALGORITHMS = ["RSA-OAEP-256", "RSA-OAEP", "RSA1_5", "dir", "PBES2-HS256+A128KW"] as const;

/** Changes that only a token can take, besides those of every artifact. */
export const TOKEN_TAMPERS = [
  z.strictObject({
    op: z.literal("append-segment").describe("Adds text behind the token, after one more dot"),
    text: z.string(),
  }),
  z.strictObject({
    op: z.literal("set-segment").describe("Puts text in the place of a segment"),
    segment,
    text: z.string(),
  }),
  z.strictObject({ op: z.literal("drop-segment").describe("Takes a segment away, with its dot"), segment }),
  z.strictObject({
    op: z.literal("swap-segments").describe("Exchanges two segments"),
    segments: z.tuple([segment, segment]),
  }),
  z.strictObject({
    op: z.literal("respell-segment").describe("Writes the same bytes in a way that RFC 7515 forbids"),
    segment,
    spelling: z.enum(RESPELLINGS),
  }),
  z.strictObject({
    op: z.literal("surround-token").describe("Puts text around the token"),
    before: z.string().default(""),
    after: z.string().default(""),
  }),
  z.strictObject({
    op: z.literal("set-header").describe("Writes a member of the header, keeping the signature"),
    name: z.string().min(1),
    value: z.json(),
  }),
  z.strictObject({
    op: z.literal("json-serialization").describe("Writes the token as JSON instead of the compact form"),
    form: z.enum(["flattened", "general"]),
  }),
  z.strictObject({
    op: z.literal("ecdsa-signature").describe("Puts another value in the place of an ES256 signature"),
    form: z.enum(ECDSA_FORMS),
  }),
  z.strictObject({
    op: z
      .literal("encrypt")
      .describe("Wraps the token in a JWE, for the IdP's own key: nobody else can open it"),
    alg: z.enum(WRAPPING_ALGORITHMS),
    content: z.enum(["token", "claims", "bomb"]).default("token"),
    zip: z.boolean().default(false).describe("Compresses the content first"),
  }),
] as const;
