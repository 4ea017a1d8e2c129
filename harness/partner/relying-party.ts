import express, { type Express, type Request, type Response } from "express";
import type { Configuration } from "openid-client";
import { clock } from "./access.ts";
import { listenOnLoopback, type PartnerServer } from "./listen.ts";
import {
  beginSignIn,
  describeRefusal,
  discoverIdp,
  endSignIn,
  signOutUrl,
  type PendingSignIn,
  type SignedIn,
  type SignInStrength,
} from "./oidc-sign-in.ts";
import { renderSignInRefused } from "./pages.ts";
import { endWithPlainPages } from "./plain-ends.ts";
import { mountPortal, RELYING_PARTY } from "./relying-party-portal.ts";
import { addPending, keepSessions, renewSession, signOut, takePending } from "./sessions.ts";

declare module "express-session" {
  interface SessionData {
    /** What the relying party keeps of one browser. */
    relyingParty: { pending?: Readonly<Record<string, PendingSignIn>>; signedIn?: SignedIn };
  }
}

/** What a relying party is started with. */
export interface StartRelyingPartyOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Origin of the Partner Center stand-in that `/customers` asks. */
  readonly partnerCenter: string;
  /** Default 0: any free port. */
  readonly port?: number;
}

/** A running relying party; register `redirectUri` with the IdP before somebody signs in. */
export interface RelyingParty extends PartnerServer {
  readonly redirectUri: string;
  /** Where the IdP sends the browser after a sign-out; register it too. */
  readonly postLogoutRedirectUri: string;
}

const PROTECTED = new Set(["/portal", "/customers"]);

/**
 * Starts the reference relying party: a small portal that reads MFA where OIDC says it, in `amr` of the ID token
 * (`/portal`), and one page that leaves the reading of the access token to Partner Center (`/customers`).
 */
export async function startRelyingParty(options: StartRelyingPartyOptions): Promise<RelyingParty> {
  const { issuer, clientId, clientSecret, partnerCenter, port = 0 } = options;
  const idp = await discoverIdp(issuer, clientId, clientSecret);
  const app = express().disable("x-powered-by").use(keepSessions("relying-party"));
  const server = await listenOnLoopback(app, port);
  mountSignIn(app, idp, server.origin);
  mountPortal(app, partnerCenter);
  endWithPlainPages(app, RELYING_PARTY);
  return {
    ...server,
    redirectUri: `${server.origin}/callback`,
    postLogoutRedirectUri: `${server.origin}/`,
  };
}

type Handler = (request: Request, response: Response) => Promise<void>;

function mountSignIn(app: Express, idp: Configuration, origin: string): void {
  app.get("/sign-in", begin(idp, origin, "any"));
  app.get("/sign-in-again", begin(idp, origin, "fresh"));
  app.get("/verify", begin(idp, origin, "mfa"));
  app.get("/callback", end(idp, origin));
  app.get("/sign-out", signOut(signOutUrl(idp, `${origin}/`)));
}

function begin(idp: Configuration, origin: string, strength: SignInStrength): Handler {
  return async (request, response) => {
    const { url, state, ...agreed } = await beginSignIn(idp, `${origin}/callback`, strength);
    const pending = { ...agreed, returnTo: returnPath(request.query["to"]) };
    const kept = request.session.relyingParty;
    request.session.relyingParty = { ...kept, pending: addPending(kept?.pending, state, pending) };
    response.redirect(303, url.href);
  };
}

function end(idp: Configuration, origin: string): Handler {
  return async (request, response) => {
    const answer = new URL(request.originalUrl, origin);
    const state = answer.searchParams.get("state") ?? "";
    const { entry: begun, others } = takePending(request.session.relyingParty?.pending, state);
    if (begun === undefined) {
      return refuseSignIn(response, 400, "this browser has begun no such sign-in");
    }
    // An answer ends its sign-in and whoever was signed in before, believed or not.
    await renewSession(request);
    request.session.relyingParty = { pending: others };
    try {
      const signedIn = await endSignIn(idp, answer, state, begun, clock());
      request.session.relyingParty = { pending: others, signedIn };
      response.redirect(303, begun.returnTo);
    } catch (error) {
      refuseSignIn(response, 401, describeRefusal(error));
    }
  };
}

function refuseSignIn(response: Response, status: number, reason: string): void {
  const links = [
    { href: "/sign-in-again?to=/portal", text: "Try again" },
    { href: "/", text: "Home" },
  ];
  response.status(status).send(renderSignInRefused(RELYING_PARTY, reason, links));
}

function returnPath(to: unknown): string {
  return typeof to === "string" && PROTECTED.has(to) ? to : "/portal";
}
