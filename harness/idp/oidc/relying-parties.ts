import type { AllClientMetadata, ResponseType } from "oidc-provider";
import { makeBoundedMap } from "../store/bounded-map.ts";
import type { RelyingPartyRegistration } from "./registration.ts";
import type { Mirror } from "../store/store.ts";

/** The relying parties that may ask, by client id; more may come while the IdP runs. */
export interface RelyingParties {
  /** Adds a relying party, or replaces the one with the same client id. */
  readonly register: (relyingParty: RelyingPartyRegistration) => void;
  readonly find: (clientId: string) => AllClientMetadata | undefined;
}

/** Every way to be answered but a bare access token, which says nothing about a sign-in. */
export const RESPONSE_TYPES: readonly ResponseType[] = [
  "code",
  "id_token",
  "id_token token",
  "code id_token",
  "code token",
  "code id_token token",
];

/** What a relying party may redeem that gets codes. */
export const REDEEMING_GRANT_TYPES: readonly string[] = [
  "authorization_code",
  "refresh_token",
  "urn:ietf:params:oauth:grant-type:device_code",
];

function responseTypesOf({ responseTypes }: RelyingPartyRegistration): ResponseType[] {
  const asked = (responseTypes ?? ["code"]).map((type) => type.split(" ").toSorted().join(" "));
  return RESPONSE_TYPES.filter((type) => asked.includes(type));
}

/**
 * Every relying party that may redeem a code may also refresh, with or without the scope `offline_access`:
 * how `amr` fares on refresh is among the things to be tested.
 */
function grantTypesOf(responseTypes: readonly ResponseType[]): string[] {
  const code = responseTypes.some((type) => type.includes("code"));
  const implicit = responseTypes.some((type) => type.includes("token"));
  return [...(code ? REDEEMING_GRANT_TYPES : []), ...(implicit ? ["implicit"] : [])];
}

function logoutMetadata({ backchannelLogoutUri: uri }: RelyingPartyRegistration): AllClientMetadata {
  return uri === undefined ? {} : { backchannel_logout_uri: uri, backchannel_logout_session_required: true };
}

function idTokenMetadata(relyingParty: RelyingPartyRegistration): AllClientMetadata {
  const { idTokenSignedResponseAlg, idTokenEncryptedResponseAlg, encryptionKey } = relyingParty;
  return {
    ...(idTokenSignedResponseAlg === undefined
      ? {}
      : { id_token_signed_response_alg: idTokenSignedResponseAlg }),
    ...(idTokenEncryptedResponseAlg === undefined
      ? {}
      : { id_token_encrypted_response_alg: idTokenEncryptedResponseAlg }),
    ...(encryptionKey === undefined ? {} : { jwks: { keys: [encryptionKey] } }),
  };
}

/** A relying party as oidc-provider knows it; Basic and form credentials are both taken from one with a secret. */
function toClientMetadata(relyingParty: RelyingPartyRegistration): AllClientMetadata {
  const responseTypes = responseTypesOf(relyingParty);
  const { clientSecret } = relyingParty;
  return {
    client_id: relyingParty.clientId,
    ...(clientSecret === undefined
      ? { token_endpoint_auth_method: "none" }
      : { token_endpoint_auth_method: "client_secret_basic", client_secret: clientSecret }),
    redirect_uris: [...relyingParty.redirectUris],
    post_logout_redirect_uris: [...(relyingParty.postLogoutRedirectUris ?? [])],
    response_types: responseTypes,
    grant_types: grantTypesOf(responseTypes),
    ...logoutMetadata(relyingParty),
    ...idTokenMetadata(relyingParty),
  };
}

/**
 * Makes the list of relying parties.
 *
 * @param known at start
 * @param registered where those are kept that come later; they win over those of the same client id
 */
export function makeRelyingParties(
  known: readonly RelyingPartyRegistration[],
  registered: Mirror<AllClientMetadata> = makeBoundedMap(Number.POSITIVE_INFINITY),
): RelyingParties {
  const atStart = new Map(known.map((one) => [one.clientId, toClientMetadata(one)]));
  return {
    register: (relyingParty) => registered.put(relyingParty.clientId, toClientMetadata(relyingParty)),
    find: (clientId) => registered.get(clientId) ?? atStart.get(clientId),
  };
}
