import * as client from "openid-client";
import { decodeJwt, type JWTPayload } from "jose";
import type { Emission } from "../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../harness/idp/mock-idp.ts";
import type { RelyingPartyRegistration } from "../../../harness/idp/oidc/registration.ts";
import { makeUserAgent, type UserAgent, type Visit } from "./user-agent.ts";

/** A confidential relying party; nothing listens there, the user agent stops in front of it. */
export const PORTAL = {
  clientId: "portal",
  clientSecret: "secret with % and +",
  redirectUris: ["http://127.0.0.1:9/callback"],
  postLogoutRedirectUris: ["http://127.0.0.1:9/bye"],
} as const satisfies RelyingPartyRegistration;

/** A good emission of channel `oidc`, with changes. */
export function emissionOf(change: Partial<Emission>): Emission {
  return {
    channel: "oidc",
    profile: "password-and-otp",
    patch: [],
    tamper: [],
    key: "published",
    ignore: [],
    ...change,
  };
}

/** openid-client, set up by discovery as any relying party would. */
export async function discover(
  idp: MockIdp,
  registration: RelyingPartyRegistration = PORTAL,
  authentication?: client.ClientAuth,
): Promise<client.Configuration> {
  const metadata =
    registration.clientSecret === undefined ? {} : { client_secret: registration.clientSecret };
  return await client.discovery(
    new URL(idp.trust.oidcIssuer),
    registration.clientId,
    metadata,
    authentication,
    {
      execute: [client.allowInsecureRequests],
    },
  );
}

/** What a sign-in is asked with. */
export interface SignInRequest {
  readonly user?: string;
  readonly choice?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly agent?: UserAgent;
}

/** Goes to the sign-in page of an authorization request and answers it; a single sign-on passes it by. */
export async function authorize(
  idp: MockIdp,
  configuration: client.Configuration,
  request: SignInRequest,
): Promise<Visit> {
  const agent = request.agent ?? makeUserAgent(idp.origin);
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: PORTAL.redirectUris[0],
    scope: "openid profile email",
    ...request.parameters,
  });
  const visit = await agent.get(url);
  if (visit.page.querySelector("[data-mfa-harness=sign-in]") === null) return visit;
  return await agent.submit(visit, {
    action: "sign-in",
    ...(request.user === undefined ? {} : { user: request.user }),
    ...(request.choice === undefined ? {} : { emission: request.choice }),
  });
}

/** Tokens of a sign-in, raw and decoded; nothing in them was refused by the relying party. */
export interface SignedIn {
  readonly idToken: string;
  readonly claims: JWTPayload;
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Redeems a code as any client does, but reads nothing into the tokens: some are wrong on purpose. */
export async function redeem(
  idp: MockIdp,
  parameters: Readonly<Record<string, string>>,
): Promise<Record<string, unknown>> {
  const credentials = [PORTAL.clientId, PORTAL.clientSecret].map(encodeURIComponent).join(":");
  const response = await fetch(`${idp.origin}/oidc/token`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(credentials).toString("base64")}` },
    body: new URLSearchParams(parameters),
  });
  const body: unknown = await response.json();
  return Object.fromEntries<unknown>(Object.entries(body ?? {}));
}

function tokensOf(body: Record<string, unknown>): SignedIn {
  const text = (name: string): string => {
    const value = body[name];
    if (typeof value !== "string") throw new Error(`no ${name} in ${JSON.stringify(body)}`);
    return value;
  };
  const idToken = text("id_token");
  return {
    idToken,
    claims: decodeJwt(idToken),
    accessToken: text("access_token"),
    refreshToken: text("refresh_token"),
  };
}

/** A whole sign-in by code, whose tokens may be wrong. */
export async function signIn(
  idp: MockIdp,
  configuration: client.Configuration,
  request: SignInRequest = {},
): Promise<SignedIn> {
  const { url } = await authorize(idp, configuration, request);
  const code = new URL(url).searchParams.get("code") ?? "";
  const redirectUri = PORTAL.redirectUris[0];
  return tokensOf(await redeem(idp, { grant_type: "authorization_code", code, redirect_uri: redirectUri }));
}

/** Refreshes the tokens of a sign-in. */
export async function refresh(idp: MockIdp, { refreshToken }: SignedIn): Promise<SignedIn> {
  return tokensOf(await redeem(idp, { grant_type: "refresh_token", refresh_token: refreshToken }));
}
