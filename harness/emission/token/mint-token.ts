import { HarnessError } from "../../errors.ts";
import type { Channel } from "../channels.ts";
import type { Emission } from "../emission.ts";
import { filled } from "../fill.ts";
import type { EmissionKey, EmissionKeys } from "../keys/keys.ts";
import { type IdTokenAlgorithm, keyFor } from "./id-token-algorithm.ts";
import type { Json, TokenModel } from "../model.ts";
import { patched } from "../patch.ts";
import { oidcProfile, type OidcAuthentication } from "../profiles/oidc.ts";
import { partnerApiProfile, type PartnerApiGrant } from "../profiles/partner-api.ts";
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
  /** Default `idToken`; `refreshedIdToken` comes with a refresh. */
  readonly member?: "idToken" | "refreshedIdToken";
  /** What the relying party registered to be signed with; default RS256. */
  readonly algorithm?: IdTokenAlgorithm;
  /** Keys HS256; absent: the relying party has none. */
  readonly clientSecret?: string | undefined;
}

/** What every artifact of a sign-in says that its emission is not meant for. */
export function goodEmission(channel: Channel): Emission {
  return { channel, profile: "password-and-otp", patch: [], tamper: [], key: "published", ignore: [] };
}

function headerOf({ kid }: EmissionKey, alg: IdTokenAlgorithm): Json {
  return { typ: "JWT", alg, kid };
}

/** An emission that names no key and no secret of its own signs with those that were registered. */
function signedAs(emission: Emission, algorithm: IdTokenAlgorithm, clientSecret: string): Emission {
  const key = emission.key === "published" ? keyFor(algorithm) : emission.key;
  if (algorithm !== "HS256" || emission.secret !== undefined) return { ...emission, key };
  return { ...emission, key, secret: { text: clientSecret } };
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
  const signed = await signToken(token, await keys[emission.key](), emission.secret);
  const { publicKey } = await keys.published();
  return tamperToken(signed, emission.tamper, publicKey);
}

/** Patches of `/idToken` are for every ID token, but a refresh with patches of its own is said by those alone. */
function memberOf({ member = "idToken" }: IdTokenOrder, { patch }: Emission): "idToken" | "refreshedIdToken" {
  return patch.some(({ path }) => path.split("/")[1] === member) ? member : "idToken";
}

/**
 * Mints an ID token: patched and tampered with if the emission is of channel `oidc`, else a good one.
 *
 * Patches of `/idToken` are made to the first ID token of a sign-in and to those that come with a refresh; as soon as
 * one patch begins with `/refreshedIdToken`, a refresh is said by such patches alone.
 */
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
  const { algorithm = "RS256", clientSecret = "" } = order;
  const key = await keys[keyFor(algorithm)]();
  const header = algorithm === "HS256" ? { typ: "JWT", alg: algorithm } : headerOf(key, algorithm);
  const model = { header, claims };
  const patches = await filled(applied.patch, { keys, issuer: order.issuer, now: order.issuedAt });
  const token = patched(memberOf(order, applied), model, patches);
  return await signAndTamper(token, signedAs(applied, algorithm, clientSecret), keys);
}

/** Mints the access token of a sign-in: as the emission says if it is of channel `partner-api`, else a good one. */
export async function mintAccessToken(
  emission: Emission,
  grant: PartnerApiGrant,
  keys: EmissionKeys,
): Promise<string> {
  const applied = emission.channel === "partner-api" ? emission : goodEmission("partner-api");
  const claims = partnerApiProfile(applied.profile, grant);
  const model = { header: headerOf(await keys.published(), "RS256"), claims };
  const patches = await filled(applied.patch, { keys, issuer: grant.issuer, now: grant.issuedAt });
  return await signAndTamper(patched("accessToken", model, patches), applied, keys);
}
