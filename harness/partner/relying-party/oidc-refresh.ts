import * as client from "openid-client";
import { idTokenFacts, refuseFuture, userOf } from "./oidc-id-token.ts";
import { TOKEN_PARAMETERS } from "./oidc-sign-in.ts";
import type { IdTokenFacts, SignedIn } from "./signed-in.ts";

/** What stays the same for as long as a sign-in is refreshed (OIDC Core §12.2); an absent time or nonce may stay so. */
function checkContinuity(before: IdTokenFacts, after: IdTokenFacts): void {
  const differs: readonly (readonly [what: string, differs: boolean])[] = [
    ["issuer", after.issuer !== before.issuer],
    ["subject", after.subject !== before.subject],
    ["audience", !before.audiences.every((audience) => after.audiences.includes(audience))],
    ["azp", after.authorizedParty !== before.authorizedParty],
    ["auth_time", after.authenticatedAt !== undefined && after.authenticatedAt !== before.authenticatedAt],
    ["nonce", after.nonce !== undefined && after.nonce !== before.nonce],
  ];
  const found = differs.find(([, isOther]) => isOther);
  if (found !== undefined) throw new Error(`the refreshed ID token has another ${found[0]}`);
}

/** Nobody signed in meanwhile, so no method can have been added. */
function checkMethods(before: unknown, after: unknown): void {
  const known: readonly unknown[] = Array.isArray(before) ? before : [];
  if (!Array.isArray(after) || after.every((method) => known.includes(method))) return;
  throw new Error("the refreshed ID token names methods that were not used in the sign-in");
}

/**
 * Refreshes the tokens of a sign-in. What the new ID token says replaces what the old one said.
 *
 * @param now seconds since the epoch
 * @throws Error with the reason when the new tokens are not to be believed, or there is nothing to refresh
 */
export async function refreshSignIn(
  idp: client.Configuration,
  signedIn: SignedIn,
  now: number,
): Promise<SignedIn> {
  if (signedIn.refreshToken === undefined) throw new Error("the IdP gave no refresh token");
  const parameters = TOKEN_PARAMETERS[signedIn.purpose];
  const tokens = await client.refreshTokenGrant(idp, signedIn.refreshToken, parameters);
  const kept = {
    ...signedIn,
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token ?? signedIn.refreshToken,
  };
  const claims = tokens.claims();
  if (claims === undefined) return kept;
  const facts = idTokenFacts(claims);
  checkContinuity(signedIn, facts);
  checkMethods(signedIn.amr, claims["amr"]);
  refuseFuture(claims, now);
  const { authenticatedAt = signedIn.authenticatedAt, nonce = signedIn.nonce } = facts;
  return { ...kept, ...facts, authenticatedAt, nonce, user: userOf(claims), amr: claims["amr"] };
}
