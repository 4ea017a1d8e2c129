import type { Request, Response } from "express";
import type { UsedTokens } from "./oidc-logout-token.ts";
import type { Idps } from "./oidc-idps.ts";
import type { PendingSignIn } from "./oidc-sign-in.ts";
import type { SignedIn } from "./signed-in.ts";
import type { OpenSessions } from "./open-sessions.ts";
import { renderSignInRefused } from "../pages.ts";
import type { RelyingPartyChecks } from "./checks.ts";

declare module "express-session" {
  interface SessionData {
    /** What the relying party keeps of one browser. */
    relyingParty: { pending?: Readonly<Record<string, PendingSignIn>>; signedIn?: SignedIn };
  }
}

/** What the pages and endpoints of the relying party share. */
export interface RelyingPartyParts {
  /** Its own, e.g. `http://127.0.0.1:PORT`. */
  readonly origin: string;
  readonly clientId: string;
  /** The IdP that is asked when nobody names another. */
  readonly issuer: string;
  readonly idps: Idps;
  readonly sessions: OpenSessions;
  readonly usedLogoutTokens: UsedTokens;
  readonly checks: RelyingPartyChecks;
}

/** What the relying party calls itself on its pages. */
export const RELYING_PARTY = "Relying party";

/** Answers one request. */
export type Handler = (request: Request, response: Response) => Promise<void>;

/** Says why nobody is signed in. */
export function refuseSignIn(response: Response, status: number, reason: string): void {
  const links = [
    { href: "/sign-in-again?to=/portal", text: "Try again" },
    { href: "/", text: "Home" },
  ];
  response.status(status).send(renderSignInRefused(RELYING_PARTY, reason, links));
}
