import type { RedirectedMessage, SamlResponse, Token, WsFedResponse } from "./artifact.ts";
import { type Court, judgeIn } from "./court.ts";
import { accessTokenCourt } from "./courts/access-token.ts";
import { eamTokenCourt } from "./courts/eam-token.ts";
import { idTokenCourt } from "./courts/id-token.ts";
import type { Policy } from "./policy.ts";
import type { Verdict } from "./verdict.ts";

// Loaded late: judging a token must not pay for the XML parser. Kept: asking the module loader again costs every call.
let samlCourt: Promise<Court<string | Uint8Array | RedirectedMessage, SamlResponse>> | undefined;
let wsFedCourt: Promise<Court<string | Uint8Array, WsFedResponse>> | undefined;

/**
 * Judges an ID token as a relying party should.
 *
 * @param jwt compact JWS, or JWE around one, exactly as it was received: a space or line break around it is a fault; or a
 *   token that a tool has decoded, which is never `compliant`, for it bears no signature
 * @param policy trusted issuers with their keys, expected audience and nonce, and what counts as MFA
 * @param now seconds since the epoch
 * @returns the verdict with every finding; a bad token never throws
 * @throws TypeError when the arguments cannot be judged by, e.g. `now` is not a number
 * @see OIDC Core §3.1.3.7, RFC 8725
 */
export async function judgeIdToken(jwt: string | Token, policy: Policy, now: number): Promise<Verdict> {
  return await judgeIn(idTokenCourt, jwt, policy, now);
}

/**
 * Judges an access token as Partner Center's API does: only a v1.0 token can say MFA, in `amr`.
 *
 * @param jwt compact JWS, or JWE around one, exactly as it was received; or a decoded token, which is never `compliant`
 * @param policy trusted issuers with their keys, expected audience, and what counts as MFA
 * @param now seconds since the epoch
 * @returns the verdict with every finding; a bad token never throws
 * @throws TypeError when the arguments cannot be judged by
 */
export async function judgeAccessToken(jwt: string | Token, policy: Policy, now: number): Promise<Verdict> {
  return await judgeIn(accessTokenCourt, jwt, policy, now);
}

/**
 * Judges the answer of an external authentication method as Entra does: one method, of a kind that was asked for.
 *
 * @param jwt compact JWS, exactly as it was posted in `id_token`; or a decoded token, which is never `compliant`
 * @param policy trusted issuer with its JWK Set, client id as the audience, nonce, and what else Entra asked in `eam`
 * @param now seconds since the epoch
 * @returns the verdict with every finding; a bad token never throws
 * @throws TypeError when the arguments cannot be judged by
 * @see Entra: external authentication method provider reference
 */
export async function judgeEamToken(jwt: string | Token, policy: Policy, now: number): Promise<Verdict> {
  return await judgeIn(eamTokenCourt, jwt, policy, now);
}

/**
 * Judges a SAML 2.0 response as a service provider should.
 *
 * @param xml the response as XML, decoded from base64, exactly as it was received; with its binding when that is Redirect
 * @param policy trusted issuers with their certificates, the service provider's own names, and what counts as MFA
 * @param now seconds since the epoch
 * @returns the verdict with every finding; a bad response never throws
 * @throws TypeError when the arguments cannot be judged by
 * @see SAML profiles §4.1.4.3
 */
export async function judgeSamlResponse(
  xml: string | Uint8Array | RedirectedMessage,
  policy: Policy,
  now: number,
): Promise<Verdict> {
  samlCourt ??= import("./courts/saml-response.ts").then(({ samlResponseCourt }) => samlResponseCourt);
  return await judgeIn(await samlCourt, xml, policy, now);
}

/**
 * Judges the answer of a WS-Federation sign-in as Entra does as the relying party.
 *
 * @param xml the RequestSecurityTokenResponse (`wresult`) as XML, exactly as it was received
 * @param policy trusted issuers with their certificates, the `wtrealm` as the audience, and what counts as MFA
 * @param now seconds since the epoch
 * @returns the verdict with every finding; a bad answer never throws
 * @throws TypeError when the arguments cannot be judged by
 * @see WS-Federation 1.2 §13
 */
export async function judgeWsFedResponse(
  xml: string | Uint8Array,
  policy: Policy,
  now: number,
): Promise<Verdict> {
  wsFedCourt ??= import("./courts/ws-fed-response.ts").then(({ wsFedResponseCourt }) => wsFedResponseCourt);
  return await judgeIn(await wsFedCourt, xml, policy, now);
}
