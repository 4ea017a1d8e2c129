import express from "express";
import { listenOnLoopback, type PartnerServer } from "../listen.ts";
import { makeIdps, type Registration } from "./oidc-idps.ts";
import { makeUsedTokens } from "./oidc-logout-token.ts";
import { makeOpenSessions } from "./open-sessions.ts";
import { endWithPlainPages } from "../plain-ends.ts";
import { mountAsks } from "./asks.ts";
import { RELYING_PARTY_CHECKS, type RelyingPartyChecks } from "./checks.ts";
import { mountSignOut } from "./logout.ts";
import { RELYING_PARTY } from "./parts.ts";
import { mountPortal } from "./portal.ts";
import { mountSignIn } from "./sign-in.ts";
import { keepSessions } from "../sessions.ts";

/** What a relying party is started with. */
export interface StartRelyingPartyOptions extends Registration {
  /** Origin of the Partner Center stand-in that `/customers` asks. */
  readonly partnerCenter: string;
  /** What it decides in another way than it should. */
  readonly checks?: Partial<RelyingPartyChecks>;
  /** Default 0: any free port. */
  readonly port?: number;
}

/** A running relying party; register these addresses with the IdP before somebody signs in. */
export interface RelyingParty extends PartnerServer {
  readonly redirectUri: string;
  /** Where the IdP sends the browser after a sign-out. */
  readonly postLogoutRedirectUri: string;
  /** Where the IdP ends sessions without the browser. */
  readonly backChannelLogoutUri: string;
}

/**
 * Starts the reference relying party: a small portal that reads MFA where OIDC says it, in `amr` of the ID token
 * (`/portal`), and one page that leaves the reading of the access token to Partner Center (`/customers`).
 *
 * It asks any issuer that lives where its own does, several at once, and believes each only about itself.
 */
export async function startRelyingParty(options: StartRelyingPartyOptions): Promise<RelyingParty> {
  const { clientId, issuer, partnerCenter, port = 0 } = options;
  const idps = await makeIdps(options);
  const app = express().disable("x-powered-by").use(keepSessions("relying-party"));
  const server = await listenOnLoopback(app, port);
  const { origin } = server;
  const sessions = makeOpenSessions();
  const checks = { ...RELYING_PARTY_CHECKS, ...options.checks };
  const parts = { origin, clientId, issuer, idps, sessions, usedLogoutTokens: makeUsedTokens(), checks };
  mountSignIn(app, parts);
  mountAsks(app, parts);
  mountSignOut(app, parts);
  mountPortal(app, checks, partnerCenter);
  endWithPlainPages(app, RELYING_PARTY);
  return {
    ...server,
    redirectUri: `${origin}/callback`,
    postLogoutRedirectUri: `${origin}/`,
    backChannelLogoutUri: `${origin}/back-channel-logout`,
  };
}
