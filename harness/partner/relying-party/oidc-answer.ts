import { decodeJwt } from "jose";
import * as client from "openid-client";
import { checkHash } from "./oidc-hashes.ts";
import { idTokenFacts, refuseFuture, userOf } from "./oidc-id-token.ts";
import type { Flow } from "./oidc-idps.ts";
import { type PendingSignIn, TOKEN_PARAMETERS } from "./oidc-sign-in.ts";
import type { SignedIn } from "./signed-in.ts";
import { assertStrictToken } from "./strict-token.ts";

/** An answer of the IdP, as it came to the redirect URI by query or form. */
export interface Answer {
  readonly redirectUri: string;
  readonly parameters: URLSearchParams;
}

type Tokens = Awaited<ReturnType<typeof client.authorizationCodeGrant>>;

/** Where the library looks for the parameters of each flow. */
function urlOf({ redirectUri, parameters }: Answer, flow: Flow): URL {
  const url = new URL(redirectUri);
  if (flow === "hybrid") url.hash = parameters.toString();
  else url.search = parameters.toString();
  return url;
}

/**
 * A relying party with several IdPs takes no answer that does not say from which it comes.
 *
 * A signed answer says so in its claims, an answer with an ID token in that; the library compares them.
 *
 * @see RFC 9207 §2.4
 */
function checkIssuer({ parameters }: Answer, flow: Flow): void {
  const error = parameters.has("error");
  if (flow === "code" && !error && !parameters.has("iss")) {
    throw new Error("the answer does not say from which issuer it comes");
  }
}

/**
 * Checks that code, access token and state of an answer belong to the ID token beside them; that it is the IdP's, and the
 * code's hash, is the library's to check.
 *
 * @see OIDC Core §3.3.2.9, FAPI 1.0 part 2 §5.2.2.1 for `s_hash`
 */
function checkFrontChannel({ parameters }: Answer): void {
  const idToken = parameters.get("id_token");
  const accessToken = parameters.get("access_token");
  if (idToken === null || accessToken === null)
    throw new Error("the answer lacks an ID token or an access token");
  const claims = decodeJwt(idToken);
  checkHash("at_hash", claims["at_hash"], accessToken, idToken);
  checkHash("s_hash", claims["s_hash"], parameters.get("state") ?? "", idToken);
}

/** OIDC Core §3.3.3.6: both ID tokens of an answer are about the same person. */
function checkSubject({ parameters }: Answer, { subject }: { readonly subject: string }): void {
  const { sub } = decodeJwt(parameters.get("id_token") ?? "");
  if (sub !== subject) throw new Error("the two ID tokens of the answer name different subjects");
}

/** OIDC Core §3.1.3.8: in the code flow `at_hash` may be absent, but not wrong. */
function checkTokenEndpoint(tokens: Tokens, claims: client.IDToken): void {
  const { at_hash: found } = claims;
  if (found === undefined || tokens.id_token === undefined) return;
  checkHash("at_hash", found, tokens.access_token, tokens.id_token);
}

/** OIDC Core §3.1.3.7 (5): whoever the token was made for is this relying party. */
function checkParty({ azp }: client.IDToken, idp: client.Configuration): void {
  if (azp !== undefined && azp !== idp.clientMetadata().client_id) {
    throw new Error("the ID token was made for another relying party");
  }
}

/**
 * Ends a sign-in: redeems the code and checks the ID token.
 *
 * @param state under which the sign-in was kept
 * @param now seconds since the epoch
 * @throws Error with the reason when anything about the answer is not to be believed
 */
export async function endSignIn(
  idp: client.Configuration,
  answer: Answer,
  state: string,
  pending: PendingSignIn,
  now: number,
): Promise<SignedIn> {
  const { flow, nonce, purpose, verifier } = pending;
  checkIssuer(answer, flow);
  if (flow === "hybrid" && !answer.parameters.has("error")) checkFrontChannel(answer);
  const checks = {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  };
  const url = urlOf(answer, flow);
  const tokens = await client.authorizationCodeGrant(idp, url, checks, TOKEN_PARAMETERS[purpose]);
  const claims = tokens.claims();
  if (claims === undefined || tokens.id_token === undefined) throw new Error("there is no ID token");
  assertStrictToken(tokens.id_token, ["jwt"]);
  checkParty(claims, idp);
  const facts = idTokenFacts(claims);
  if (flow === "hybrid") checkSubject(answer, facts);
  checkTokenEndpoint(tokens, claims);
  refuseFuture(claims, now);
  const { access_token: accessToken, refresh_token: refreshToken } = tokens;
  const said = { user: userOf(claims), amr: claims["amr"], acr: claims.acr };
  return { signIn: state, purpose, ...facts, ...said, accessToken, refreshToken };
}
