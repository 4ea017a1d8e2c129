import { z } from "zod";

const text = z.string().min(1);
const files = z.union([text.transform((file) => [file]), z.array(text).min(1)]);
const seconds = z.number().min(0);

const POLICY_NAMES = [
  "strict",
  "oidc",
  "partner-api",
  "entra-saml",
  "entra-wsfed",
  "entra-eam",
  "saml-attribute",
  "refeds-mfa",
] as const;

const mfaSchema = z.strictObject({
  amrValues: z.array(text).exactOptional(),
  classRefs: z.array(text).exactOptional(),
  attributes: z
    .array(z.strictObject({ name: text, nameFormats: z.array(text.nullable()).min(1) }))
    .exactOptional(),
  attributeValues: z.array(text).exactOptional(),
});

const eamSchema = z.strictObject({
  subject: text.exactOptional().describe("sub of the id_token_hint that was sent"),
  acrValues: z.array(text).min(1),
  amrValues: z.array(text).min(1).exactOptional(),
  state: text.exactOptional(),
  returnedState: text.exactOptional(),
});

const requirements = {
  audiences: z.array(text).min(1).exactOptional(),
  nonce: text.exactOptional(),
  assertionConsumerService: z.url().exactOptional(),
  requestId: text.exactOptional(),
  clockSkewSeconds: seconds.exactOptional(),
  maxAuthAgeSeconds: seconds.exactOptional(),
  algorithms: z.array(text).min(1).exactOptional(),
  minRsaBits: z.number().int().min(2048).exactOptional(),
  maxBytes: z.number().int().min(1).exactOptional(),
  guidance: z.enum(["2021-fed-ok", "2023-exception-only", "2026-integrated-claim"]).exactOptional(),
  eam: eamSchema.exactOptional(),
};

/** What a policy file may say: a ready-made policy, and what is otherwise in this one. Unknown keys are errors. */
export const policyFileSchema = z.strictObject({
  extends: z.enum(POLICY_NAMES).describe("The ready-made policy that this one changes"),
  id: text.exactOptional().describe("Name of this policy in verdicts; by default the file's"),
  issuers: z
    .array(z.strictObject({ issuer: text.exactOptional(), keys: files }))
    .exactOptional()
    .describe("Trusted issuers, each with its key files: JWKS, PEM certificates or SAML metadata"),
  decryptionKeys: files.exactOptional().describe("Files of private keys: PEM (PKCS #8) or JWK"),
  used: z
    .array(text)
    .exactOptional()
    .describe("What was used before, each as <issuer> <assertion id or jti>"),
  mfa: mfaSchema.exactOptional().describe("Where MFA is read, and the exact values that mean it"),
  ...requirements,
});
