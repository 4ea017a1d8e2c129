import { createHash, randomBytes } from "node:crypto";
import express, { type Express, type Request, type RequestHandler, type Response } from "express";
import type { EntraStandIn } from "../idp/eam/stand-in.ts";
import { clock } from "../partner/access.ts";
import { listenOnLoopback, type PartnerServer } from "../partner/listen.ts";
import { oneLine } from "../partner/one-line.ts";
import { renderAccessPage, renderPlainPage, renderSignInRefused } from "../partner/pages.ts";
import { endWithPlainPages } from "../partner/plain-ends.ts";
import { addPending, keepSessions, renewSession, signOut, takePending } from "../partner/sessions.ts";
import { checkAnswer, type EamAttempt, type EamFactorUsed } from "./eam-answer.ts";
import { eamParameters, type EntraUser } from "./eam-client.ts";
import { makeProviders, type Providers } from "./eam-providers.ts";
import { sendAway } from "./form-page.ts";
import { readPosted } from "./posted.ts";

declare module "express-session" {
  interface SessionData {
    /** What Entra's stand-in keeps of one browser. */
    eam: {
      /** Attempts under way, by `state`. */
      pending?: Readonly<Record<string, Attempt>>;
      signedIn?: EamFactorUsed & { readonly user: string };
    };
  }
}

interface Attempt extends EamAttempt {
  readonly user: string;
  readonly discoveryUrl: string;
  readonly startedAt: number;
}

/** What the stand-in decides by itself; each part can be replaced by a worse one, to see whether a test tells. */
export interface TenantChecks {
  readonly checkAnswer: typeof checkAnswer;
  /** Which attempt of the browser an answer ends. */
  readonly attemptOf: (state: string | undefined, pending: Readonly<Record<string, unknown>>) => string;
}

/** As Entra's pages have it. */
const TENANT_CHECKS: TenantChecks = { checkAnswer, attemptOf: (state = "") => state };

/** What the stand-in is started with. */
export interface StartEamTenantOptions {
  /** Signs the hints; the provider must believe it. */
  readonly entra: EntraStandIn;
  /** Discovery URL of the provider that is registered; `/portal?iss=…` asks another issuer of the same origin. */
  readonly discoveryUrl: string;
  /** What it decides in another way than it should. */
  readonly checks?: Partial<TenantChecks>;
  /** Default 0: any free port. */
  readonly port?: number;
}

/** A running stand-in. */
export interface EamTenant extends PartnerServer {
  /** Where providers send their answers. */
  readonly redirectUri: string;
}

/** What the stand-in calls itself on its pages. */
const NAME = "External method";
const MAX_FORM = "256kb";

/** Entra forgets an attempt after about five minutes (Entra's EAM provider reference). */
const ATTEMPT_SECONDS = 300;

/** A password was entered, so anything but knowledge will do (Entra's EAM provider reference). */
const ACR_VALUES = ["possessionorinherence"];
const AMR_VALUES = "face fido fpt hwk iris otp pop retina sc sms swk tel vbm".split(" ");

interface Parts {
  readonly entra: EntraStandIn;
  readonly discoveryUrl: string;
  readonly redirectUri: string;
  readonly providers: Providers;
  readonly checks: TenantChecks;
}

/**
 * Starts a local stand-in for Entra as the client of an external authentication method: `/portal?user=…` counts the
 * password as entered, sends the person to the provider with a signed hint, and believes only what section 5 of the fact
 * sheet allows.
 */
export async function startEamTenant(options: StartEamTenantOptions): Promise<EamTenant> {
  const { entra, discoveryUrl, port = 0 } = options;
  const checks = { ...TENANT_CHECKS, ...options.checks };
  const app = express().disable("x-powered-by").use(keepSessions("external-method"));
  const server = await listenOnLoopback(app, port);
  const redirectUri = `${server.origin}/common/federation/externalauthprovider`;
  mount(app, { entra, discoveryUrl, redirectUri, providers: makeProviders(clock), checks });
  endWithPlainPages(app, NAME);
  return { ...server, redirectUri };
}

function mount(app: Express, parts: Parts): void {
  const answers = "/common/federation/externalauthprovider";
  app.get("/", (_request, response) => {
    const links = [{ href: "/portal", text: "Portal" }];
    response.send(renderPlainPage(NAME, "Tenant with an external method", "The password is entered.", links));
  });
  const begin = beginWith(parts);
  app.get("/portal", (request, response, next) => {
    const signedIn = request.session.eam?.signedIn;
    if (signedIn === undefined) return begin(request, response, next);
    return response.send(portalPage(signedIn));
  });
  app.get("/sign-in-again", begin);
  app.get(answers, (_request, response) => {
    refuse(response, "AADSTS900561: the answer of the provider has to be posted");
  });
  app.post(answers, express.urlencoded({ extended: false, limit: MAX_FORM }), end(parts));
  app.get("/sign-out", signOut("/"));
}

/** The same person always has the same ids. */
function userOf(username: string): EntraUser {
  const hash = createHash("sha256").update(username).digest();
  const hex = hash.toString("hex");
  const objectId = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
  return { username, objectId, subject: hash.toString("base64url") };
}

function asked(request: Request, name: string): string | undefined {
  return readPosted(request.query, name);
}

function beginWith(parts: Parts): RequestHandler {
  return async (request, response) => await begin(parts, request, response);
}

/** Another provider is asked only where the registered one lives: nobody may make this app fetch from elsewhere. */
function discoveryUrlOf(issuer: string | undefined, registered: string): string {
  if (issuer === undefined || URL.parse(issuer)?.origin !== new URL(registered).origin) return registered;
  return `${issuer}/.well-known/openid-configuration`;
}

async function begin(parts: Parts, request: Request, response: Response): Promise<void> {
  const { entra, redirectUri, providers } = parts;
  const discoveryUrl = discoveryUrlOf(asked(request, "iss"), parts.discoveryUrl);
  const user = userOf(asked(request, "user") ?? "agent@partner.example");
  const [state, nonce] = [randomBytes(16).toString("base64url"), randomBytes(16).toString("base64url")];
  const order = { user, redirectUri, nonce, state, acrValues: ACR_VALUES, amrValues: AMR_VALUES };
  try {
    const { clientId } = entra;
    const { authorizationEndpoint } = await providers.find({ discoveryUrl, clientId });
    const parameters = await eamParameters(entra, { ...order, now: Math.floor(clock()) });
    const { subject, username } = user;
    const attempt = { clientId, nonce, subject, acrValues: ACR_VALUES, amrValues: AMR_VALUES };
    const entry = { ...attempt, user: username, discoveryUrl, startedAt: clock() };
    const { eam } = request.session;
    request.session.eam = { ...eam, pending: addPending(eam?.pending, state, entry) };
    sendAway(response, authorizationEndpoint, parameters);
  } catch (error) {
    refuse(response, reasonOf(error));
  }
}

function end(parts: Parts): RequestHandler {
  return async (request, response) => {
    const { pending = {} } = request.session.eam ?? {};
    const state = parts.checks.attemptOf(readPosted(request.body, "state"), pending);
    const { entry, others } = takePending(pending, state);
    await renewSession(request);
    request.session.eam = { pending: others };
    try {
      const factor = await believe(request.body, entry, parts);
      request.session.eam = { pending: others, signedIn: factor };
      response.redirect(303, "/portal");
    } catch (error) {
      refuse(response, reasonOf(error));
    }
  };
}

async function believe(body: unknown, attempt: Attempt | undefined, { providers, checks }: Parts) {
  if (attempt === undefined) throw new Error("AADSTS50158: the state belongs to no attempt of this browser");
  if (attempt.startedAt + ATTEMPT_SECONDS < clock())
    throw new Error("AADSTS50158: the attempt took too long");
  const error = readPosted(body, "error");
  if (error !== undefined) throw new Error(`AADSTS50012620: the provider answers ${error}`);
  const idToken = readPosted(body, "id_token");
  if (idToken === undefined) throw new Error("AADSTS50161: the provider sends no id_token");
  const provider = await providers.find(attempt);
  return { ...(await checks.checkAnswer(idToken, attempt, provider, clock())), user: attempt.user };
}

function reasonOf(error: unknown): string {
  return oneLine(error instanceof Error ? error.message : "unknown reason");
}

function refuse(response: Response, reason: string): void {
  const links = [
    { href: "/sign-in-again", text: "Try again" },
    { href: "/", text: "Home" },
  ];
  response.status(401).send(renderSignInRefused(NAME, reason, links));
}

function portalPage({ user, acr, amr }: EamFactorUsed & { readonly user: string }): string {
  return renderAccessPage({
    application: NAME,
    user,
    access: "granted",
    heading: `Signed in as ${user}, MFA confirmed`,
    reason: "The provider checked one factor of a kind that was asked for.",
    facts: [
      { name: "acr", value: acr },
      { name: "amr", value: amr },
    ],
    links: [
      { href: "/", text: "Home" },
      { href: "/sign-out", text: "Sign out" },
    ],
  });
}
