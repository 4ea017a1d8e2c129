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

/** All that the mock IdP will say in one sign-in: the one definition, for scenario files, the API and the sign-in page. */
export const emissionSchema = emissionShape.superRefine(({ channel, patch }, context) => {
  const members = CHANNEL_MEMBERS[channel];
  for (const [index, { path }] of patch.entries()) {
    const [, member = ""] = path.split("/");
    if (members.some((known) => known === member)) continue;
    const roots = members.map((known) => `/${known}`).join(", ");
    const message = `channel ${channel} emits nothing at "/${member}"; expected a path under ${roots}`;
    context.addIssue({ code: "custom", path: ["patch", index, "path"], message });
  }
});

/** Members of an emission that a later answer of the same IdP has in place of the first one's. */
export const emissionChangesSchema = z.strictObject({
  profile: z.enum(PROFILES).optional(),
  patch: z.array(patchSchema).optional(),
  tamper: z.array(tamperSchema).optional(),
  ignore: z.array(z.enum(REQUESTS)).optional(),
});

export type Emission = Readonly<z.output<typeof emissionShape>>;
/** An emission as a person writes it: what has a default may be left out. */
export interface EmissionInput extends Readonly<z.input<typeof emissionShape>> {}
export type Profile = (typeof PROFILES)[number];
export type Ignorable = (typeof REQUESTS)[number];
