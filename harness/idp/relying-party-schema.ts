import { z } from "zod";
import { ID_TOKEN_ALGORITHMS, ID_TOKEN_ENCRYPTIONS } from "../emission/token/id-token-algorithm.ts";
import { RESPONSE_TYPES } from "./oidc/relying-parties.ts";

/** Members of a public key; one that is private is refused by its unknown members. */
const publicKey = z.strictObject({
  kty: z.enum(["RSA", "EC", "OKP"]),
  n: z.string().exactOptional(),
  e: z.string().exactOptional(),
  crv: z.string().exactOptional(),
  x: z.string().exactOptional(),
  y: z.string().exactOptional(),
  kid: z.string().exactOptional(),
  use: z.literal("enc").exactOptional(),
  alg: z.string().exactOptional(),
  x5c: z.array(z.string()).exactOptional(),
});

const registration = z.strictObject({
  clientId: z.string().min(1),
  clientSecret: z.string().min(1).optional().describe("Absent: a public client"),
  redirectUris: z.array(z.url()).min(1).describe("Where answers may be sent; compared letter by letter"),
  postLogoutRedirectUris: z
    .array(z.url())
    .optional()
    .describe("Where a logout may lead; RP-Initiated Logout compares them letter by letter"),
  responseTypes: z.array(z.literal(RESPONSE_TYPES)).min(1).optional().describe("Default: code"),
  backchannelLogoutUri: z.url().optional().describe("Where logout tokens are posted to"),
  idTokenSignedResponseAlg: z.enum(ID_TOKEN_ALGORITHMS).optional().describe("Default: RS256"),
  idTokenEncryptedResponseAlg: z
    .enum(ID_TOKEN_ENCRYPTIONS)
    .optional()
    .describe("Absent: ID tokens are only signed"),
  encryptionKey: publicKey.optional().describe("Its public key as a JWK"),
});

/** A relying party as a configuration file or the live API registers it. */
export const relyingPartySchema = registration.superRefine((relyingParty, context) => {
  const { clientSecret, idTokenSignedResponseAlg, idTokenEncryptedResponseAlg, encryptionKey } = relyingParty;
  if (idTokenSignedResponseAlg === "HS256" && clientSecret === undefined) {
    const message = "expected a secret: HS256 is keyed with it";
    context.addIssue({ code: "custom", path: ["clientSecret"], message });
  }
  if (idTokenEncryptedResponseAlg !== undefined && encryptionKey === undefined) {
    const message = "expected a key: ID tokens are to be encrypted to it";
    context.addIssue({ code: "custom", path: ["encryptionKey"], message });
  }
});
