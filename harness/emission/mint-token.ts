import { HarnessError } from "../errors.ts";
import type { Channel } from "./channels.ts";
import type { Emission } from "./emission.ts";
import type { EmissionKey, EmissionKeys } from "./keys.ts";
import type { Json, TokenModel } from "./model.ts";
import { patched } from "./patch.ts";
import { oidcProfile, type OidcAuthentication } from "./profiles/oidc.ts";
import { partnerApiProfile, type PartnerApiGrant } from "./profiles/partner-api.ts";
import { signToken } from "./sign-token.ts";
import { tamperToken } from "./tamper-token.ts";

/** How long an ID token lives, seconds. */
export const ID_TOKEN_LIFETIME_SECONDS = 3600;

/** What an ID token is about, apart from how the person signed in. */
export interface IdTokenOrder extends OidcAuthentication {
  readonly issuer: string;
  readonly audience: string;
  /** Seconds since the epoch. */
  readonly issuedAt: number;
  /** Every other claim: `sub`, `nonce`, `at_hash`, `c_hash`, `email` … */
  readonly claims: Readonly<Json>;
}

/** What every artifact of a sign-in says that its emission is not meant for. */
function goodEmission(channel: Channel): Emission {
  return { channel, profile: "password-and-otp", patch: [], tamper: [], key: "published", ignore: [] };
}

function modelOf(claims: Json, { kid }: EmissionKey): TokenModel {
  return { header: { typ: "JWT", alg: "RS256", kid }, claims };
}

/**
 * Signs a token with the key that the emission names, then tampers with it.
 *
 * @throws HarnessError when the patches left no token, or a tamper does not fit
 */
export async function signAndTamper(
  token: TokenModel | undefined,
  emission: Emission,
  keys: EmissionKeys,
): Promise<string> {
  if (token === undefined) {
    throw new HarnessError(
      "ERR_SCENARIO_INVALID",
      `the patches of this ${emission.channel} emission leave no token`,
      "Patch members of the token, not the token itself.",
    );
  }
  const key = emission.key === "stranger" ? await keys.stranger() : await keys.published();
  return tamperToken(await signToken(token, key), emission.tamper);
}

/** Mints the ID token of a sign-in: patched and tampered with if the emission is of channel `oidc`, else a good one. */
export async function mintIdToken(
  emission: Emission,
  order: IdTokenOrder,
  keys: EmissionKeys,
): Promise<string> {
  const applied = emission.channel === "oidc" ? emission : goodEmission("oidc");
  const claims = {
    iss: order.issuer,
    aud: order.audience,
    iat: order.issuedAt,
    exp: order.issuedAt + ID_TOKEN_LIFETIME_SECONDS,
    ...order.claims,
    ...oidcProfile(applied.profile, order),
  };
  const model = modelOf(claims, await keys.published());
  return await signAndTamper(patched("idToken", model, applied.patch), applied, keys);
}

/** Mints the access token of a sign-in: as the emission says if it is of channel `partner-api`, else a good one. */
export async function mintAccessToken(
  emission: Emission,
  grant: PartnerApiGrant,
  keys: EmissionKeys,
): Promise<string> {
  const applied = emission.channel === "partner-api" ? emission : goodEmission("partner-api");
  const claims = partnerApiProfile(applied.profile, grant);
  const model = modelOf(claims, await keys.published());
  return await signAndTamper(patched("accessToken", model, applied.patch), applied, keys);
}
