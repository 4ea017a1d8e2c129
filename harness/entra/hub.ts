import { randomBytes } from "node:crypto";
import express, { type Express, type Request, type RequestHandler, type Response } from "express";
import { clock } from "../partner/access.ts";
import { listenOnLoopback, type PartnerServer } from "../partner/listen.ts";
import { oneLine } from "../partner/one-line.ts";
import { renderSignInRefused } from "../partner/pages.ts";
import { endWithPlainPages } from "../partner/plain-ends.ts";
import { addPending, keepSessions, renewSession, signOut, takePending } from "../partner/sessions.ts";
import { HUB, mountHubPortal } from "./hub-portal.ts";
import { type MfaBehavior, nextMfaStep } from "./mfa-behavior.ts";
import { readPosted } from "./posted.ts";
import { makeUsedTokens, type UsedTokens } from "./used-tokens.ts";
import { checkToken, type FederatedSignIn } from "./token-checks.ts";
import { readToken } from "./token-reading.ts";
import { verifyToken } from "./token-signature.ts";

declare module "express-session" {
  interface SessionData {
    /** What the hub keeps of one browser. */
    hub: {
      /** Requests under way, by `wctx`, with how much was asked for. */
      pending?: Readonly<Record<string, Asked>>;
      signedIn?: FederatedSignIn & { readonly demanded: boolean };
    };
  }
}

/** How much the IdP is asked for: whatever it has, a fresh sign-in, or MFA. */
type Asked = "any" | "fresh" | "mfa";

/** A federated domain, as a tenant configures it (Microsoft Graph: internalDomainFederation). */
interface FederatedDomain {
  /** `issuerUri`. */
  readonly issuer: string;
  /** `passiveSignInUri`. */
  readonly signInUrl: string;
  /** `signingCertificate`, PEM. */
  readonly certificate: string;
  /** `federatedIdpMfaBehavior`; default as Entra's own. */
  readonly mfaBehavior?: MfaBehavior;
}

/** What a hub decides by itself; each part can be replaced by a worse one, to see whether a test tells. */
export interface HubChecks {
  readonly verifyToken: typeof verifyToken;
  readonly readToken: typeof readToken;
  readonly checkToken: typeof checkToken;
  /** Takes the request that an answer belongs to out of those under way. */
  readonly takeRequest: typeof takePending<Asked>;
  /** @throws Error when the token was taken before */
  readonly takeOnce: (id: string, used: UsedTokens) => void;
}

/** As the specifications want it. */
const HUB_CHECKS: HubChecks = {
  takeRequest: takePending,
  verifyToken,
  readToken,
  checkToken,
  takeOnce: (id, used) => used.take(id),
};

/** What a hub is started with. */
export interface StartHubOptions {
  readonly domain: FederatedDomain;
  /** What it decides in another way than it should. */
  readonly checks?: Partial<HubChecks>;
  /** Default 0: any free port. */
  readonly port?: number;
}

/** A running hub. */
export interface Hub extends PartnerServer {
  /** Its `wtrealm`. */
  readonly realm: string;
  /** Its `wreply`. */
  readonly replyUrl: string;
}

/** A token of a megabyte is none; form-encoded it may be three times as long. */
const MAX_FORM = "1mb";
const REALM = "urn:federation:MicrosoftOnline";
const MULTIPLE_AUTHN = "http://schemas.microsoft.com/claims/multipleauthn";

/** What is sent for each demand (Microsoft Support: article 4037806). */
const DEMANDS: Readonly<Record<Asked, Readonly<Record<string, string>>>> = {
  any: {},
  fresh: { wfresh: "0" },
  mfa: { wauth: MULTIPLE_AUTHN },
};

interface Parts {
  readonly domain: FederatedDomain;
  readonly replyUrl: () => string;
  readonly used: UsedTokens;
  readonly checks: HubChecks;
}

/**
 * Starts a local stand-in for Entra as the relying party of a federated domain: it takes the answer of a WS-Federation
 * IdP, believes nothing that is not signed with the configured certificate, and applies `federatedIdpMfaBehavior`.
 */
export async function startHub({ domain, checks, port = 0 }: StartHubOptions): Promise<Hub> {
  const app = express().disable("x-powered-by").use(keepSessions("federation-hub"));
  const server = await listenOnLoopback(app, port);
  const replyUrl = `${server.origin}/login.srf`;
  const parts = {
    domain,
    replyUrl: () => replyUrl,
    used: makeUsedTokens(clock),
    checks: { ...HUB_CHECKS, ...checks },
  };
  mountSignIn(app, parts);
  mountHubPortal(app, domain.mfaBehavior ?? "acceptIfMfaDoneByFederatedIdp");
  endWithPlainPages(app, HUB);
  return { ...server, realm: REALM, replyUrl };
}

function mountSignIn(app: Express, parts: Parts): void {
  app.get("/sign-in", begin(parts, "any"));
  app.get("/sign-in-again", begin(parts, "fresh"));
  app.get("/verify", begin(parts, "mfa"));
  app.get("/login.srf", cleanUp);
  app.post("/login.srf", express.urlencoded({ extended: false, limit: MAX_FORM }), end(parts));
  app.get("/sign-out", signOut("/"));
}

function begin(parts: Parts, asked: Asked): RequestHandler {
  return (request, response) => sendToIdp(parts, asked, request, response);
}

/** The reply address goes along, so that the IdP needs no registration of a port that nobody knew beforehand. */
function sendToIdp({ domain, replyUrl }: Parts, asked: Asked, request: Request, response: Response): void {
  const wctx = randomBytes(16).toString("base64url");
  const { hub } = request.session;
  request.session.hub = { ...hub, pending: addPending(hub?.pending, wctx, asked) };
  const url = new URL(domain.signInUrl);
  const parameters = {
    wa: "wsignin1.0",
    wtrealm: REALM,
    wreply: replyUrl(),
    wctx,
    wct: new Date(clock() * 1000).toISOString(),
    ...DEMANDS[asked],
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  response.redirect(303, url.href);
}

/** The IdP tells that its session ended (WS-Federation 1.2 §13.2.4); anything else asked here is no sign-in. */
const cleanUp: RequestHandler = (request, response) => {
  if (request.query["wa"] === "wsignoutcleanup1.0") signOut("/")(request, response);
  else refuse(response, 400, "the answer of the IdP has to be posted");
};

function end(parts: Parts): RequestHandler {
  return async (request, response) => {
    const { pending } = request.session.hub ?? {};
    const wctx = readPosted(request.body, "wctx") ?? "";
    const { entry: asked, others } = parts.checks.takeRequest(pending, wctx);
    await renewSession(request);
    request.session.hub = { pending: others };
    try {
      const signedIn = believe(request.body, asked, parts);
      const demanded = asked === "mfa";
      const { mfaBehavior = "acceptIfMfaDoneByFederatedIdp" } = parts.domain;
      request.session.hub = { pending: others, signedIn: { ...signedIn, demanded } };
      if (nextMfaStep(mfaBehavior, { ...signedIn, demanded }) === "ask-idp") {
        sendToIdp(parts, "mfa", request, response);
        return;
      }
      response.redirect(303, "/portal");
    } catch (error) {
      refuse(response, 401, error instanceof Error ? error.message : "unknown reason");
    }
  };
}

function believe(body: unknown, asked: Asked | undefined, parts: Parts): FederatedSignIn {
  if (asked === undefined) throw new Error("the answer belongs to no sign-in of this browser");
  if (readPosted(body, "wa") !== "wsignin1.0") throw new Error("wa is not wsignin1.0");
  const wresult = readPosted(body, "wresult");
  if (wresult === undefined) throw new Error("the form holds no wresult");
  const { domain, replyUrl, used, checks } = parts;
  const token = checks.readToken(checks.verifyToken(wresult, domain.certificate));
  const { issuer } = domain;
  const signedIn = checks.checkToken(token, { issuer, realm: REALM, replyUrl: replyUrl(), now: clock() });
  checks.takeOnce(token.id, used);
  return signedIn;
}

function refuse(response: Response, status: number, reason: string): void {
  const links = [
    { href: "/sign-in-again", text: "Try again" },
    { href: "/", text: "Home" },
  ];
  response.status(status).send(renderSignInRefused(HUB, oneLine(reason), links));
}
