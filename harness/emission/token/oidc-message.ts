import type { Emission } from "../emission.ts";
import { jsonText } from "../json-text.ts";
import type { EmissionKeys } from "../keys/keys.ts";
import type { Json, TokenModel } from "../model.ts";
import { patched } from "../patch.ts";
import { signToken } from "./sign-token.ts";

/** The messages of OpenID Connect that nobody signs. */
export type OidcMessage = "userInfo" | "tokenResponse" | "authorizationResponse" | "discovery" | "jwks";

/**
 * Makes the changes of an emission to one message; an emission of another channel leaves it as it is.
 *
 * @returns whatever the patches leave: an object unless they say otherwise, text for `jsonText` among it; undefined when
 * they took the message away
 * @throws HarnessError when a patch does not fit
 */
export function emitOidcMessage(member: OidcMessage, message: Json, { channel, patch }: Emission): unknown {
  return channel === "oidc" ? patched(member, message, patch) : message;
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  const found: unknown = Reflect.get(value, name);
  return found;
}

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null;
}

async function modelOf(claims: Json, typ: string, keys: EmissionKeys): Promise<TokenModel> {
  const { kid } = await keys.published();
  return { header: { typ, alg: "RS256", kid }, claims };
}

/** Signs what the patches left of a token; a member `signature` is written instead of the right one. */
async function signMessage(token: unknown, keys: EmissionKeys): Promise<string> {
  if (typeof token === "string") return token;
  const header = member(token, "header");
  const claims = member(token, "claims");
  if (!isJson(header) || !isJson(claims)) return jsonText(token);
  const signed = await signToken({ header, claims }, await keys.published());
  const signature = member(token, "signature");
  if (typeof signature !== "string") return signed;
  return `${signed.slice(0, signed.lastIndexOf("."))}.${signature}`;
}

/**
 * Mints an authorization response that is one JWT (JARM): `/authorizationResponse` is then `{ response }`, and that has
 * `header`, `claims` and, if a patch sets it, `signature`. The key and the tampers of an emission are for its ID token.
 *
 * @see JWT Secured Authorization Response Mode §2.1
 */
export async function mintAuthorizationResponse(
  emission: Emission,
  claims: Json,
  keys: EmissionKeys,
): Promise<string> {
  const response = await modelOf(claims, "JWT", keys);
  const message = emitOidcMessage("authorizationResponse", { response }, emission);
  return await signMessage(member(message, "response"), keys);
}

/**
 * Mints a logout token, patched like every message; the key and the tampers of an emission are for its ID token.
 *
 * @see OIDC Back-Channel Logout §2.4
 */
export async function mintLogoutToken(
  { channel, patch }: Emission,
  claims: Json,
  keys: EmissionKeys,
): Promise<string> {
  const model = await modelOf(claims, "logout+jwt", keys);
  return await signMessage(channel === "oidc" ? patched("logoutToken", model, patch) : model, keys);
}
