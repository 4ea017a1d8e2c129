import { z } from "zod";

/** A value that JSON can hold. */
const json: z.ZodType = z.json();

/** One change to the plain model of an artifact, made before it is signed. `path` is a JSON Pointer. */
const patchSchema = z.discriminatedUnion("op", [
  z.strictObject({
    op: z.literal("set").describe("Writes a value, making the member if it is missing"),
    path: z.string().regex(/^(\/[^/]+)+$/, "expected a JSON Pointer such as /idToken/claims/amr"),
    value: json,
  }),
  z.strictObject({
    op: z.literal("remove").describe("Takes the member away"),
    path: z.string().regex(/^(\/[^/]+)+$/, "expected a JSON Pointer such as /idToken/claims/amr"),
  }),
  z.strictObject({
    op: z.literal("shift").describe("Moves a time"),
    path: z.string().regex(/^(\/[^/]+)+$/, "expected a JSON Pointer such as /idToken/claims/exp"),
    seconds: z.number().int().describe("Added to the time found there; negative is earlier"),
  }),
]);

/** One change to the signed text, as an attacker without the key would make it. */
const tamperSchema = z.discriminatedUnion("op", [
  z.strictObject({ op: z.literal("flip-signature").describe("Changes one bit of the signature value") }),
  z.strictObject({
    op: z.literal("strip-signature").describe("Removes the signature; a token becomes alg none"),
  }),
  z.strictObject({
    op: z
      .literal("replace-text")
      .describe("Replaces text in the signed payload or XML, keeping the signature"),
    find: z.string().min(1),
    replace: z.string(),
  }),
]);

/** Names of the baseline emissions; each is a sign-in that every target accepts, but for `password`, which says no MFA. */
const PROFILES = ["password-and-otp", "password-only"] as const;

/** Which key signs: the published one, or one that nobody published under the published `kid`. */
const KEYS = ["published", "stranger"] as const;

/** All that the mock IdP will say in one sign-in: the one definition, for scenario files, the API and the sign-in page. */
export const emissionSchema = z.strictObject({
  channel: z
    .enum(["oidc", "partner-api", "saml", "wsfed", "eam"])
    .describe("Which reader this emission is meant for"),
  profile: z.enum(PROFILES).describe("The baseline that the patches start from"),
  patch: z.array(patchSchema).default([]).describe("Changes before signing"),
  tamper: z.array(tamperSchema).default([]).describe("Changes after signing"),
  key: z.enum(KEYS).default("published").describe("The key that signs"),
});

export type Emission = Readonly<z.output<typeof emissionSchema>>;
export type Patch = Readonly<z.output<typeof patchSchema>>;
export type Tamper = Readonly<z.output<typeof tamperSchema>>;
export type Profile = (typeof PROFILES)[number];
export type Channel = Emission["channel"];
