import { z } from "zod";
import { policies } from "../../../src/index.ts";

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
  "saml-any",
  "wsfed-any",
] as const;

const mfaSchema = z.strictObject({
  amrValues: z
    .array(text)
    .exactOptional()
    .describe("Values of amr in a token that mean MFA; in an answer to Entra, those that are accepted"),
  classRefs: z
    .array(text)
    .exactOptional()
    .describe("Values of AuthnContextClassRef (WS-Federation: AuthenticationMethod) that mean MFA"),
  attributes: z
    .array(
      z.strictObject({
        name: text.describe("Name of the attribute; in SAML 1.1 its AttributeName"),
        nameFormats: z
          .array(text.nullable())
          .min(1)
          .describe("Its NameFormat, or in SAML 1.1 its AttributeNamespace; null: it has none"),
      }),
    )
    .exactOptional()
    .describe("Attributes in which MFA may be stated; an empty list: attributes are not read"),
  attributeValues: z.array(text).exactOptional().describe("Values that mean MFA inside such an attribute"),
});

const eamSchema = z.strictObject({
  subject: text
    .exactOptional()
    .describe(
      "sub of the id_token_hint that was sent, which sub of the answer must equal; absent: not checked",
    ),
  acrValues: z
    .array(text)
    .min(1)
    .describe("Values of acr that Entra asked for; the answer must state exactly one of them"),
  amrValues: z
    .array(text)
    .min(1)
    .exactOptional()
    .describe("Values of amr that Entra asked for; absent: any that Entra supports"),
  state: text.exactOptional().describe("state that Entra sent; absent: none, and none may come back"),
  returnedState: text.exactOptional().describe("state that came back beside the token"),
});

const requirements = {
  audiences: z
    .array(text)
    .min(1)
    .exactOptional()
    .describe("Accepted audiences: client id, identifier of the API, or entity id; absent: not checked"),
  nonce: text.exactOptional().describe("nonce that was sent; absent: not checked"),
  accessToken: text
    .exactOptional()
    .describe("Access token issued together with the ID token, for its at_hash; absent: not compared"),
  code: text
    .exactOptional()
    .describe("Authorization code issued together with the ID token, for its c_hash; absent: not compared"),
  responseType: text
    .exactOptional()
    .describe(
      "response_type of the request, such as code id_token token: which hashes the ID token must have; absent: none",
    ),
  assertionConsumerService: z
    .url()
    .exactOptional()
    .describe("Expected Recipient and Destination of a SAML response; absent: not checked"),
  requestId: text
    .exactOptional()
    .describe("ID of the AuthnRequest that was sent, for InResponseTo; absent: not checked"),
  clockSkewSeconds: seconds
    .exactOptional()
    .describe("Difference between clocks that every comparison of times tolerates"),
  maxAuthAgeSeconds: seconds
    .exactOptional()
    .describe("Longest time since the user signed in (auth_time, AuthnInstant); absent: any"),
  algorithms: z
    .array(z.enum(policies.strict.algorithms))
    .min(1)
    .exactOptional()
    .describe("Accepted signature algorithms by their JOSE names, in signatures of XML too"),
  minRsaBits: z.number().int().min(2048).exactOptional().describe("Shortest RSA key, bits"),
  unauthenticatedEncryption: z
    .enum(["warning", "error"])
    .exactOptional()
    .describe(
      "AES-CBC in XML, which notices no change. error: refused; warning: read where a signature covers what is inside; absent: warning",
    ),
  maxBytes: z
    .number()
    .int()
    .min(1)
    .exactOptional()
    .describe("Longest artifact that is read, bytes; absent: 2097152"),
  vendorApps: z
    .array(text)
    .exactOptional()
    .describe(
      "Application ids (appid) of control panel vendors, which may not call app-only; absent: none is known",
    ),
  guidance: z
    .enum(["2021-fed-ok", "2023-exception-only", "2026-integrated-claim"])
    .exactOptional()
    .describe("State of the guidance for partners to judge by; absent: none"),
  eam: eamSchema
    .exactOptional()
    .describe("What Entra asked of an external authentication method; only entra-eam reads it"),
};

/** What a policy file may say: a ready-made policy, and what is otherwise in this one. Unknown keys are errors. */
export const policyFileSchema = z.strictObject({
  extends: z.enum(POLICY_NAMES).describe("The ready-made policy that this one changes"),
  id: text.exactOptional().describe("Name of this policy in verdicts; absent: the name of the file"),
  issuers: z
    .array(
      z.strictObject({
        issuer: text.exactOptional().describe("Exact issuer; absent: any issuer that signs with these keys"),
        keys: files.describe("Key files: JWK Set, PEM certificates or SAML metadata"),
      }),
    )
    .exactOptional()
    .describe("Trusted issuers; without one no signature is checked, and nothing is compliant"),
  decryptionKeys: files.exactOptional().describe("Files of private keys: PEM (PKCS #8) or JWK"),
  used: z
    .array(z.string().regex(/^\S.* \S+$/, "Expected <issuer> <assertion id or jti>"))
    .exactOptional()
    .describe("What was used before, each as <issuer> <assertion id or jti>; absent: no replay is noticed"),
  mfa: mfaSchema.exactOptional().describe("Where MFA is read, and the exact values that mean it"),
  ...requirements,
});
