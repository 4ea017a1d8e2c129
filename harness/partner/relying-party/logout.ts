import express, { type Express, type Request, type Response } from "express";
import { decodeJwt } from "jose";
import { clock } from "../access.ts";
import type { LogoutTrust } from "./oidc-logout-token.ts";
import { describeRefusal, signOutUrl } from "./oidc-sign-in.ts";
import type { Handler, RelyingPartyParts } from "./parts.ts";
import { signOut } from "../sessions.ts";

/** Mounts both ways out: the person's own, and the one by which an IdP ends a session without the browser. */
export function mountSignOut(app: Express, parts: RelyingPartyParts): void {
  app.get("/sign-out", leave(parts));
  app.post("/back-channel-logout", express.urlencoded({ extended: false, limit: "64kb" }), obey(parts));
}

function leave({ idps, origin }: RelyingPartyParts) {
  return (request: Request, response: Response): void => {
    const idp = idps.of(request.session.relyingParty?.signedIn?.signIn ?? "") ?? idps.usual;
    signOut(signOutUrl(idp, `${origin}/`))(request, response);
  };
}

/** OIDC Back-Channel Logout 1.0 §2.6 to §2.8: 200 when the sessions ended, 400 when the token is not to be obeyed. */
function obey(parts: RelyingPartyParts): Handler {
  return async (request, response) => {
    response.set("Cache-Control", "no-store");
    try {
      const token = tokenOf(request.body);
      const ended = await parts.checks.readLogoutToken(token, trustFor(token, parts), clock());
      for (const browser of parts.sessions.take(ended)) await endSession(request, browser);
      response.status(200).end();
    } catch (error) {
      response.status(400).json({ error: "invalid_request", error_description: describeRefusal(error) });
    }
  };
}

function tokenOf(body: unknown): string {
  const token = typeof body === "object" && body !== null && "logout_token" in body ? body.logout_token : "";
  if (typeof token !== "string" || token === "") throw new Error("the form holds no logout_token");
  return token;
}

/** Only an issuer that somebody is signed in with is asked for its keys. */
function trustFor(token: string, parts: RelyingPartyParts): LogoutTrust {
  const { iss: issuer = "" } = decodeJwt(token);
  const jwksUri = parts.idps.of(parts.sessions.signInAt(issuer) ?? "")?.serverMetadata().jwks_uri;
  if (jwksUri === undefined) throw new Error("nobody is signed in with this issuer");
  if (!parts.idps.isAsked(jwksUri)) throw new Error("the keys live elsewhere than their issuer");
  return { issuer, jwksUri, audience: parts.clientId, used: parts.usedLogoutTokens };
}

function endSession({ sessionStore }: Request, browser: string): Promise<void> {
  return new Promise((resolve, reject) => {
    sessionStore.destroy(browser, (error: unknown) => {
      if (error === undefined || error === null) resolve();
      else reject(error instanceof Error ? error : new Error("the session could not be ended"));
    });
  });
}
