import { z } from "zod";
import { KEY_NAMES } from "./keys/key-names.ts";

/**
 * How a token can show keys: their id, the JWK as an object, as text or as a data URL, the certificates as a chain, or
 * the address of a JWK Set or of a certificate, which the mock IdP serves.
 */
const KEY_FORMS = [
  "kid",
  "kid-base64",
  "jwk",
  "jwk-text",
  "jwk-data-url",
  "x5c",
  "jwks-url",
  "certificate-url",
] as const;

/** A value that JSON can hold. */
const json: z.ZodType = z.json();

const path = z.string().regex(/^(\/[^/]+)+$/, "expected a JSON Pointer such as /idToken/claims/amr");

/** One change to the plain model of an artifact, made before it is signed. `path` is a JSON Pointer. */
export const patchSchema = z.discriminatedUnion("op", [
  z.strictObject({
    op: z.literal("set").describe("Writes a value, making the member if it is missing"),
    path,
    value: json,
  }),
  z.strictObject({ op: z.literal("remove").describe("Takes the member away"), path }),
  z.strictObject({
    op: z.literal("shift").describe("Moves a time"),
    path,
    seconds: z.number().int().describe("Added to the time found there; negative is earlier"),
  }),
  z.strictObject({
    op: z.literal("raw").describe("Writes text that goes out as it stands, JSON or not"),
    path,
    text: z.string(),
  }),
  z.strictObject({
    op: z.literal("surround").describe("Writes what is there as JSON text, with text before and behind it"),
    path,
    before: z.string().default(""),
    after: z.string().default(""),
  }),
  z.strictObject({
    op: z.literal("affix").describe("Adds text to the text that is there, in front or behind"),
    path,
    before: z.string().default(""),
    after: z.string().default(""),
  }),
  z.strictObject({
    op: z.literal("address").describe("Writes another address at the origin of the address that is there"),
    path,
    at: z.string().regex(/^\/[^?#]*$/, "expected a path such as /oidc"),
  }),
  z.strictObject({
    op: z.literal("flood").describe("Writes something very large: a text, a list, or lists in lists"),
    path,
    shape: z.enum(["text", "list", "nest"]),
    times: z.number().int().min(1).max(4_000_000).describe("Letters, elements or levels"),
  }),
  z.strictObject({
    op: z.literal("fill").describe("Writes something about keys, as a token shows it; for tokens only"),
    path,
    keys: z.array(z.enum(KEY_NAMES)).min(1).describe("Whose; more than one only in a chain or a set"),
    as: z.enum(KEY_FORMS),
  }),
]);

/** One change to what is said, before it is signed. */
export type Patch = Readonly<z.output<typeof patchSchema>>;
/** A patch as a person writes it: what has a default may be left out. */
export type PatchInput = Readonly<z.input<typeof patchSchema>>;
