import * as client from "openid-client";
import { CLOCK_SKEW_SECONDS } from "./access.ts";
import { oneLine } from "./one-line.ts";
import { PARTNER_CENTER_API } from "./partner-center.ts";

/** What was agreed when a sign-in began, kept until its answer comes. */
export interface PendingSignIn {
  readonly nonce: string;
  readonly verifier: string;
  /** Path to go to afterwards. */
  readonly returnTo: string;
}

/** How much the IdP is asked for: whatever it has, a fresh sign-in, or a fresh one with MFA. */
export type SignInStrength = "any" | "fresh" | "mfa";

/** Somebody whose ID token was believed. */
export interface SignedIn {
  readonly user: string;
  /** As it stood in the ID token. */
  readonly amr: unknown;
  readonly authenticatedAt: number | undefined;
  readonly accessToken: string;
}

const SCOPE = "openid profile email offline_access user_impersonation";

/** The class that is asked for when a person has to show MFA; asking proves nothing, only `amr` is read. */
const STEP_UP_CLASS = "https://refeds.org/profile/mfa";

const STRENGTH: Readonly<Record<SignInStrength, Readonly<Record<string, string>>>> = {
  any: {},
  fresh: { prompt: "login" },
  mfa: { prompt: "login", acr_values: STEP_UP_CLASS },
};

/** Reads the IdP's discovery document; http is let through, as everything is on loopback. */
export async function discoverIdp(
  issuer: string,
  clientId: string,
  clientSecret: string,
): Promise<client.Configuration> {
  const metadata = { client_secret: clientSecret, [client.clockTolerance]: CLOCK_SKEW_SECONDS };
  const configuration = await client.discovery(new URL(issuer), clientId, metadata, undefined, {
    execute: [client.allowInsecureRequests],
  });
  // Without this openid-client trusts the token endpoint's connection and leaves the signature unread.
  client.enableNonRepudiationChecks(configuration);
  return configuration;
}

/** Begins a sign-in: where to send the browser, and what to keep under which state. */
export async function beginSignIn(
  configuration: client.Configuration,
  redirectUri: string,
  strength: SignInStrength,
): Promise<{ url: URL; state: string; nonce: string; verifier: string }> {
  const state = client.randomState();
  const nonce = client.randomNonce();
  const verifier = client.randomPKCECodeVerifier();
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: SCOPE,
    resource: PARTNER_CENTER_API,
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    ...STRENGTH[strength],
  });
  return { url, state, nonce, verifier };
}

/**
 * Where a browser ends its session with the IdP, too: otherwise the next sign-in would silently repeat the last one.
 *
 * @see OpenID Connect RP-Initiated Logout 1.0, section 2
 */
export function signOutUrl(configuration: client.Configuration, returnTo: string): string {
  if (configuration.serverMetadata().end_session_endpoint === undefined) return returnTo;
  return client.buildEndSessionUrl(configuration, { post_logout_redirect_uri: returnTo }).href;
}

/**
 * Ends a sign-in: redeems the code and checks the ID token.
 *
 * @throws Error with the reason when anything about the answer is not to be believed
 */
export async function endSignIn(
  configuration: client.Configuration,
  answer: URL,
  state: string,
  { nonce, verifier }: PendingSignIn,
  now: number,
): Promise<SignedIn> {
  const tokens = await client.authorizationCodeGrant(
    configuration,
    answer,
    { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true },
    { resource: PARTNER_CENTER_API },
  );
  const claims = tokens.claims();
  if (claims === undefined) throw new Error("there is no ID token");
  refuseFuture("iat", claims.iat, now);
  refuseFuture("auth_time", claims.auth_time, now);
  const name = [claims["preferred_username"], claims["upn"], claims["email"]].find(isText);
  return {
    user: name ?? claims.sub,
    amr: claims["amr"],
    authenticatedAt: claims.auth_time,
    accessToken: tokens.access_token,
  };
}

/** The library lets these two pass: a time that has not come yet proves that a clock or the token is wrong. */
function refuseFuture(claim: string, time: number | undefined, now: number): void {
  if (time !== undefined && time > now + CLOCK_SKEW_SECONDS) {
    throw new Error(`the ID token's ${claim} lies in the future`);
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** Why an answer was not believed, in one line; claims and tokens that a library attaches are left out. */
export function describeRefusal(error: unknown): string {
  if (error instanceof client.AuthorizationResponseError || error instanceof client.ResponseBodyError) {
    return oneLine(`the IdP answered ${error.error}: ${error.error_description ?? "no description"}`);
  }
  if (!(error instanceof Error)) return "unknown reason";
  const { cause } = error;
  return oneLine(cause instanceof Error ? `${error.message}: ${cause.message}` : error.message);
}
