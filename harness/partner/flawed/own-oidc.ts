import { compactVerify, createRemoteJWKSet, customFetch, decodeJwt, decodeProtectedHeader } from "jose";
import type { JWTPayload, ProtectedHeaderParameters } from "jose";
import type { Configuration } from "openid-client";
import { z } from "zod";
import { CLOCK_SKEW_SECONDS } from "../access.ts";
import { type Answer, endSignIn } from "../relying-party/oidc-answer.ts";
import { checkHash } from "../relying-party/oidc-hashes.ts";
import { type PendingSignIn, TOKEN_PARAMETERS } from "../relying-party/oidc-sign-in.ts";
import type { SignedIn } from "../relying-party/signed-in.ts";
import { fetchStrictly } from "../relying-party/strict-json.ts";
import { assertStrictToken } from "../relying-party/strict-token.ts";

/** What the code of a relying party has before it when it decides whether to believe an ID token. */
interface OwnSituation {
  readonly issuer: string;
  readonly jwksUri: string;
  readonly clientId: string;
  readonly nonce: string;
  readonly answer: Answer;
  readonly idToken: string;
  readonly accessToken: string;
  readonly header: ProtectedHeaderParameters;
  readonly claims: JWTPayload;
  /** Seconds since the epoch. */
  readonly now: number;
}

/** @throws Error with the reason */
export type OwnCheck = (situation: OwnSituation) => void | Promise<void>;

function demand(holds: boolean, message: string): void {
  if (!holds) throw new Error(message);
}

function isTime(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

/** An issuer may not send this app's requests anywhere else. */
function assertLivesWith(issuer: string, address: string): void {
  demand(
    URL.parse(address)?.origin === new URL(issuer).origin,
    "an endpoint lives elsewhere than its issuer",
  );
}

/** Every check that OIDC Core §3.1.3.7 asks of a relying party, by hand and by name. */
export const OWN_CHECKS = {
  answerIssuer: ({ answer, issuer }) => {
    const found = answer.parameters.getAll("iss");
    demand(found.length === 1 && found[0] === issuer, "the answer comes from another issuer");
  },
  form: ({ idToken, header }) => {
    assertStrictToken(idToken, ["jwt"]);
    demand(!("crit" in header) && !("b64" in header), "the header demands what is not understood");
  },
  signature: async ({ idToken, issuer, jwksUri }) => {
    assertLivesWith(issuer, jwksUri);
    const keys = createRemoteJWKSet(new URL(jwksUri), { [customFetch]: fetchStrictly });
    await compactVerify(idToken, keys, { algorithms: ["RS256"] });
  },
  issuer: ({ claims, issuer }) => demand(claims.iss === issuer, "the ID token is of another issuer"),
  audience: ({ claims, clientId }) => {
    const audiences = typeof claims.aud === "string" ? [claims.aud] : claims.aud;
    demand(Array.isArray(audiences) && audiences.includes(clientId), "the ID token is for somebody else");
    demand(audiences?.length === 1 || claims["azp"] !== undefined, "the ID token is for others too");
  },
  party: ({ claims: { azp }, clientId }) =>
    demand(azp === undefined || azp === clientId, "the ID token was made for another relying party"),
  expiry: ({ claims: { exp }, now }) =>
    demand(isTime(exp) && exp > now - CLOCK_SKEW_SECONDS, "the ID token has expired, or has no end"),
  notBefore: ({ claims: { nbf }, now }) =>
    demand(nbf === undefined || (isTime(nbf) && nbf <= now + CLOCK_SKEW_SECONDS), "it is not valid yet"),
  issuedAt: ({ claims: { iat }, now }) =>
    demand(isTime(iat) && iat <= now + CLOCK_SKEW_SECONDS, "iat is in the future, or absent"),
  authTime: ({ claims: { auth_time: at }, now }) =>
    demand(at === undefined || (isTime(at) && at <= now + CLOCK_SKEW_SECONDS), "auth_time is in the future"),
  nonce: ({ claims, nonce }) => demand(claims["nonce"] === nonce, "the nonce is not that of the request"),
  subject: ({ claims: { sub } }) =>
    demand(typeof sub === "string" && sub !== "", "the ID token is about nobody"),
  accessTokenHash: ({ claims: { at_hash: hash }, header, accessToken, idToken }) => {
    // Only algorithms that end so have a hash; what is signed with another has been refused before.
    if (hash === undefined || !/(256|384|512)$/.test(header.alg ?? "")) return;
    checkHash("at_hash", hash, accessToken, idToken);
  },
} as const satisfies Readonly<Record<string, OwnCheck>>;

/** Check by check, what is done otherwise. */
export type OwnChecks = Readonly<Record<keyof typeof OWN_CHECKS, OwnCheck>>;

/** The check that is not made. */
export const unchecked: OwnCheck = () => undefined;

const tokensSchema = z.object({
  token_type: z.string().regex(/^bearer$/i),
  access_token: z.string().min(1),
  id_token: z.string().min(1),
  refresh_token: z.string().optional(),
});

async function redeem(idp: Configuration, answer: Answer, { verifier, purpose }: PendingSignIn) {
  const { token_endpoint: endpoint = "", issuer } = idp.serverMetadata();
  const { client_id: clientId, client_secret: clientSecret = "" } = idp.clientMetadata();
  assertLivesWith(issuer, endpoint);
  const codes = answer.parameters.getAll("code");
  demand(codes.length === 1 && !answer.parameters.has("error"), "the answer is no code");
  const body = new URLSearchParams({
    ...TOKEN_PARAMETERS[purpose],
    grant_type: "authorization_code",
    code: codes[0] ?? "",
    redirect_uri: answer.redirectUri,
    code_verifier: verifier,
    client_id: clientId,
    client_secret: clientSecret,
  });
  const response = await fetchStrictly(endpoint, { method: "POST", body, redirect: "error" });
  demand(response.ok, `the token endpoint answered ${response.status}`);
  const found = tokensSchema.safeParse(await response.json());
  if (found.success) return found.data;
  throw new Error("the token endpoint gave no tokens");
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function signedInOf(
  state: string,
  pending: PendingSignIn,
  { claims, ...seen }: OwnSituation & { readonly amr: unknown },
): SignedIn {
  return {
    signIn: state,
    purpose: pending.purpose,
    issuer: claims.iss ?? "",
    subject: claims.sub ?? "",
    audiences: [claims.aud ?? []].flat(),
    authorizedParty: text(claims["azp"]),
    authenticatedAt: isTime(claims["auth_time"]) ? claims["auth_time"] : undefined,
    nonce: text(claims["nonce"]),
    session: text(claims["sid"]),
    user: text(claims["preferred_username"]) ?? text(claims["upn"]) ?? claims.sub ?? "",
    amr: seen.amr,
    acr: claims["acr"],
    accessToken: seen.accessToken,
    refreshToken: undefined,
  };
}

/** Redeems the code, and gathers what is known before anything is believed. */
async function situationOf(idp: Configuration, answer: Answer, pending: PendingSignIn, now: number) {
  const {
    id_token: idToken,
    access_token: accessToken,
    refresh_token: refreshToken,
  } = await redeem(idp, answer, pending);
  const { issuer, jwks_uri: jwksUri = "" } = idp.serverMetadata();
  const { client_id: clientId } = idp.clientMetadata();
  const [header, claims] = [decodeProtectedHeader(idToken), decodeJwt(idToken)];
  const { nonce } = pending;
  const seen = { issuer, jwksUri, clientId, nonce, answer, idToken, accessToken, header, claims, now };
  return { seen, refreshToken };
}

/**
 * Makes the end of a sign-in as many apps have it: redeemed and checked by code of their own. Only the code flow is
 * written so; the others are left to the library.
 *
 * @param changes the checks that are made otherwise
 * @param amrOf which methods are kept of the claims
 */
export function ownEndSignIn(
  changes: Partial<OwnChecks> = {},
  amrOf: (claims: JWTPayload) => unknown = ({ amr }) => amr,
): typeof endSignIn {
  const checks = { ...OWN_CHECKS, ...changes };
  return async (idp, answer, state, pending, now) => {
    if (pending.flow !== "code") return await endSignIn(idp, answer, state, pending, now);
    const { seen, refreshToken } = await situationOf(idp, answer, pending, now);
    for (const check of Object.values(checks)) await check(seen);
    return { ...signedInOf(state, pending, { ...seen, amr: amrOf(seen.claims) }), refreshToken };
  };
}
