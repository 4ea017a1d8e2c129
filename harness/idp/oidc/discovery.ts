import { ID_TOKEN_ENCRYPTIONS } from "../../emission/token/id-token-algorithm.ts";
import { OIDC_ACR_VALUES } from "../../emission/profiles/oidc.ts";
import { RESPONSE_TYPES } from "./relying-parties.ts";
import { CLAIMS_BY_SCOPE } from "./user-claims.ts";

const ENCRYPTIONS = ["A128CBC-HS256", "A128GCM", "A256CBC-HS512", "A256GCM"] as const;

function endpointsOf(issuer: string): Record<string, string> {
  return {
    authorization_endpoint: `${issuer}/auth`,
    device_authorization_endpoint: `${issuer}/device/auth`,
    end_session_endpoint: `${issuer}/session/end`,
    introspection_endpoint: `${issuer}/token/introspection`,
    jwks_uri: `${issuer}/jwks`,
    pushed_authorization_request_endpoint: `${issuer}/request`,
    revocation_endpoint: `${issuer}/token/revocation`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/me`,
  };
}

/**
 * The discovery document: what oidc-provider says of itself as it is set up here, without loading it. A test holds the
 * two together.
 *
 * @see OpenID Connect Discovery §3
 */
export function oidcDiscovery(issuer: string): Record<string, unknown> {
  return {
    issuer,
    ...endpointsOf(issuer),
    acr_values_supported: [...OIDC_ACR_VALUES],
    authorization_encryption_alg_values_supported: [
      "A128KW",
      "A256KW",
      "ECDH-ES",
      "RSA-OAEP",
      "RSA-OAEP-256",
      "dir",
    ],
    authorization_encryption_enc_values_supported: [...ENCRYPTIONS],
    authorization_response_iss_parameter_supported: true,
    authorization_signing_alg_values_supported: ["RS256"],
    backchannel_logout_session_supported: true,
    backchannel_logout_supported: true,
    claim_types_supported: ["normal"],
    claims_parameter_supported: true,
    claims_supported: [...Object.values(CLAIMS_BY_SCOPE).flat(), "acr", "sid", "auth_time", "iss", "amr"],
    code_challenge_methods_supported: ["S256"],
    grant_types_supported: [
      "authorization_code",
      "implicit",
      "refresh_token",
      "urn:ietf:params:oauth:grant-type:device_code",
    ],
    id_token_encryption_alg_values_supported: [...ID_TOKEN_ENCRYPTIONS],
    id_token_encryption_enc_values_supported: [...ENCRYPTIONS],
    id_token_signing_alg_values_supported: ["HS256", "RS256", "PS256", "ES256", "EdDSA"],
    request_uri_parameter_supported: false,
    response_modes_supported: [
      "form_post",
      "fragment",
      "query",
      "jwt",
      "query.jwt",
      "fragment.jwt",
      "form_post.jwt",
    ],
    response_types_supported: [...RESPONSE_TYPES],
    scopes_supported: ["openid", "offline_access", "profile", "email"],
    subject_types_supported: ["public"],
    token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "none"],
  };
}
