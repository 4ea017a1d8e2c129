import type { JWK } from "jose";
import type { IdTokenAlgorithm, IdTokenEncryption } from "../../emission/token/id-token-algorithm.ts";

/** A relying party that may use the OIDC side. */
export interface RelyingPartyRegistration {
  readonly clientId: string;
  /** Absent: a public client. */
  readonly clientSecret?: string | undefined;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris?: readonly string[] | undefined;
  /** Default `["code"]`; besides `id_token`, `id_token token`, `code id_token`, `code token`, `code id_token token`. */
  readonly responseTypes?: readonly string[] | undefined;
  /** Where logout tokens are posted to when the session ends (OIDC Back-Channel Logout §2.2). */
  readonly backchannelLogoutUri?: string | undefined;
  /** What signs its ID tokens; default RS256. HS256 is keyed with the secret. */
  readonly idTokenSignedResponseAlg?: IdTokenAlgorithm | undefined;
  /** Encrypts its ID tokens to `encryptionKey`, e.g. `RSA-OAEP-256`, with A128CBC-HS256; absent: they are only signed. */
  readonly idTokenEncryptedResponseAlg?: IdTokenEncryption | undefined;
  /** Its public key as a JWK. */
  readonly encryptionKey?: JWK | undefined;
}
