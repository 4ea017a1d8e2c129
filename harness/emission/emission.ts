import { z } from "zod";
import { CHANNEL_MEMBERS, CHANNELS } from "./channels.ts";
import { hmacSecretSchema } from "./token/hmac-secret-schema.ts";
import { KEY_NAMES } from "./keys/key-names.ts";
import { patchSchema } from "./patch-schema.ts";
import { tamperSchema } from "./tamper-schema.ts";

/** Names of the baseline emissions; each is a sign-in that every target accepts, but for `password`, which says no MFA. */
const PROFILES = ["password-and-otp", "password-only"] as const;

/** What a request may ask for and this IdP obeys, unless the emission ignores it on purpose. */
const REQUESTS = [
  "acr_values",
  "claims",
  "max_age",
  "prompt",
  "RequestedAuthnContext",
  "ForceAuthn",
  "IsPassive",
  "Subject",
  "NameIDPolicy",
  "wauth",
  "wfresh",
] as const;

const emissionShape = z.strictObject({
  channel: z.enum(CHANNELS).describe("Which reader this emission is meant for"),
  profile: z.enum(PROFILES).describe("The baseline that the patches start from"),
  patch: z.array(patchSchema).default([]).describe("Changes before signing"),
  tamper: z.array(tamperSchema).default([]).describe("Changes after signing"),
  key: z
    .enum(KEY_NAMES)
    .default("published")
    .describe("The key that signs; what the artifact says of it is not changed"),
  secret: hmacSecretSchema.optional().describe("Keys HS256 and its kin; absent: the public key as PEM"),
  ignore: z.array(z.enum(REQUESTS)).default([]).describe("What is asked for and disobeyed on purpose"),
});

/**
 * All that the mock IdP will say in one sign-in: the one definition, for scenario files, the API and the sign-in page.
 *
 * `check` and not `superRefine`: that one hangs a function on every value it looks at, which an engine takes for something
 * that stays, so each emission outlived every quick garbage collection.
 */
export const emissionSchema = emissionShape.check(({ value, issues }) => {
  const members = CHANNEL_MEMBERS[value.channel];
  for (const [index, { path }] of value.patch.entries()) {
    const [, member = ""] = path.split("/");
    if (members.some((known) => known === member)) continue;
    const roots = members.map((known) => `/${known}`).join(", ");
    const message = `channel ${value.channel} emits nothing at "/${member}"; expected a path under ${roots}`;
    issues.push({ code: "custom", input: value, path: ["patch", index, "path"], message });
  }
});

/** Some of an emission's members, where others stand elsewhere. */
export const emissionPartSchema = emissionShape.partial();

/** Members of an emission that a later answer of the same IdP has in place of the first one's. */
export const emissionChangesSchema = z.strictObject({
  profile: z.enum(PROFILES).optional(),
  patch: z.array(patchSchema).optional(),
  tamper: z.array(tamperSchema).optional(),
  ignore: z.array(z.enum(REQUESTS)).optional(),
});

/** All that the mock IdP will say in one sign-in; whatever could be left out is filled in. */
export type Emission = Readonly<z.output<typeof emissionShape>>;
/** An emission as a person writes it: what has a default may be left out. */
export interface EmissionInput extends Readonly<z.input<typeof emissionShape>> {}

/** The name of a baseline. */
export type Profile = (typeof PROFILES)[number];

/** What of a request can be disobeyed. */
export type Ignorable = (typeof REQUESTS)[number];
