import * as client from "openid-client";
import { clock } from "../access.ts";
import type { Flow } from "./oidc-idps.ts";
import { oneLine } from "../one-line.ts";
import { PARTNER_CENTER_API } from "../partner-center.ts";
import type { AskedFor, Demands } from "./demands.ts";
import type { Purpose } from "./signed-in.ts";

/** How much the IdP is asked for: whatever it has, a fresh sign-in, or a fresh one with MFA. */
export type SignInStrength = "any" | "fresh" | "mfa";

/** What is wanted of a sign-in. */
export interface WantedSignIn {
  readonly flow: Flow;
  readonly purpose: Purpose;
  readonly strength: SignInStrength;
  /** What is asked for besides; default: nothing. */
  readonly asked?: AskedFor;
  /** Path to go to afterwards. */
  readonly returnTo: string;
}

/** What was agreed when a sign-in began, kept until its answer comes. */
export interface PendingSignIn {
  readonly nonce: string;
  readonly verifier: string;
  readonly flow: Flow;
  readonly purpose: Purpose;
  readonly returnTo: string;
  /** Seconds since the epoch. */
  readonly begunAt: number;
  readonly demands: Demands;
}

const SCOPE = "openid profile email offline_access";

/** The class that is asked for when a person has to show MFA; asking proves nothing, only `amr` is read. */
const STEP_UP_CLASS = "https://refeds.org/profile/mfa";

const STRENGTH: Readonly<Record<SignInStrength, Readonly<Record<string, string>>>> = {
  any: {},
  fresh: { prompt: "login" },
  mfa: { prompt: "login", acr_values: STEP_UP_CLASS },
};

const DEMANDS: Readonly<Record<SignInStrength, Partial<Demands>>> = {
  any: {},
  fresh: { anew: true },
  mfa: { anew: true },
};

const PURPOSE: Readonly<Record<Purpose, Readonly<Record<string, string>>>> = {
  portal: { scope: SCOPE },
  api: { scope: `${SCOPE} user_impersonation`, resource: PARTNER_CENTER_API },
};

const FLOW: Readonly<Record<Flow, Readonly<Record<string, string>>>> = {
  code: {},
  hybrid: { response_type: "code id_token token", response_mode: "form_post" },
  jarm: { response_mode: "jwt" },
};

/** What the token endpoint is told besides the code. */
export const TOKEN_PARAMETERS: Readonly<Record<Purpose, Readonly<Record<string, string>>>> = {
  portal: {},
  api: { resource: PARTNER_CENTER_API },
};

const NOTHING: AskedFor = { parameters: {}, demands: { essentialClasses: [] } };

/** Begins a sign-in: where to send the browser, and what to keep under which state. */
export async function beginSignIn(
  idp: client.Configuration,
  redirectUri: string,
  wanted: WantedSignIn,
): Promise<{ url: URL; state: string; pending: PendingSignIn }> {
  const { flow, purpose, returnTo, strength, asked = NOTHING } = wanted;
  const state = client.randomState();
  const nonce = client.randomNonce();
  const verifier = client.randomPKCECodeVerifier();
  const url = client.buildAuthorizationUrl(idp, {
    redirect_uri: redirectUri,
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    ...asked.parameters,
    ...PURPOSE[purpose],
    ...FLOW[flow],
    ...STRENGTH[strength],
  });
  const demands = { ...asked.demands, ...DEMANDS[strength] };
  return { url, state, pending: { nonce, verifier, flow, purpose, returnTo, begunAt: clock(), demands } };
}

/**
 * Where a browser ends its session with the IdP, too: otherwise the next sign-in would silently repeat the last one.
 *
 * @see OpenID Connect RP-Initiated Logout 1.0, section 2
 */
export function signOutUrl(idp: client.Configuration, returnTo: string): string {
  if (idp.serverMetadata().end_session_endpoint === undefined) return returnTo;
  return client.buildEndSessionUrl(idp, { post_logout_redirect_uri: returnTo }).href;
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
