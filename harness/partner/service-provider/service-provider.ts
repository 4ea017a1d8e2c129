import express, { type Express, type Request, type Response } from "express";
import { clock } from "../access.ts";
import type { IdentityProvider } from "./idp-metadata.ts";
import { listenOnLoopback, type PartnerServer } from "../listen.ts";
import { renderSignInRefused } from "../pages.ts";
import { endWithPlainPages } from "../plain-ends.ts";
import type { SamlSignIn } from "./saml-checks.ts";
import {
  describeSamlRefusal,
  makeSaml,
  type PendingRequests,
  type SamlStrength,
  type ServiceProviderUrls,
  STRENGTH,
} from "./saml-sign-in.ts";
import { endSamlSignIn, SERVICE_PROVIDER_CHECKS, type ServiceProviderChecks } from "./checks.ts";
import { readSamlAskedFor, type SamlAskedFor, type SamlDemands } from "./demands.ts";
import { askAbout } from "./request-subject.ts";
import { mountPortal, SERVICE_PROVIDER } from "./portal.ts";
import { addPending, keepSessions, renewSession, takePending } from "../sessions.ts";
import { oneLine } from "../one-line.ts";

declare module "express-session" {
  interface SessionData {
    /** What the service provider keeps of one browser. */
    serviceProvider: {
      pending?: Readonly<Record<string, string>>;
      /** By the id of the request, as `pending`. */
      demands?: Readonly<Record<string, SamlDemands>>;
      signedIn?: SamlSignIn;
      left?: true;
    };
  }
}

/** What a service provider is started with. */
export interface StartServiceProviderOptions {
  readonly idp: IdentityProvider;
  /** What it decides in another way than it should. */
  readonly checks?: Partial<ServiceProviderChecks>;
  /** Default 0: any free port. */
  readonly port?: number;
}

/** A running service provider. */
export interface ServiceProvider extends PartnerServer, ServiceProviderUrls {
  /** Its metadata, for an IdP that wants to know it beforehand. */
  readonly metadata: string;
}

/** The binding carries a megabyte of XML as base64, form-encoded. */
const MAX_FORM = "4mb";

/**
 * Starts the reference service provider: a small portal that reads MFA where Entra reads it in SAML 2.0, in
 * `AuthnContextClassRef`; attributes are ignored.
 */
export async function startServiceProvider(options: StartServiceProviderOptions): Promise<ServiceProvider> {
  const { idp, port = 0 } = options;
  const app = express().disable("x-powered-by").use(keepSessions("service-provider"));
  const server = await listenOnLoopback(app, port);
  const urls = { entityId: `${server.origin}/metadata`, acs: `${server.origin}/acs` };
  const checks = { ...SERVICE_PROVIDER_CHECKS, ...options.checks };
  const metadata = makeSaml(urls, idp, NO_REQUESTS, STRENGTH.any).generateServiceProviderMetadata(null);
  app.get(
    "/metadata",
    (_request, response) => void response.type("application/samlmetadata+xml").send(metadata),
  );
  mountSignIn(app, idp, urls, checks);
  mountPortal(app, checks);
  endWithPlainPages(app, SERVICE_PROVIDER);
  return { ...server, ...urls, metadata };
}

const NO_REQUESTS: PendingRequests = {
  ids: () => [],
  add: () => undefined,
  get: () => undefined,
  remove: () => undefined,
  demandsOf: () => undefined,
};

type Handler = (request: Request, response: Response) => Promise<void>;

function mountSignIn(
  app: Express,
  idp: IdentityProvider,
  urls: ServiceProviderUrls,
  checks: ServiceProviderChecks,
): void {
  app.get("/sign-in", begin(idp, urls, "any"));
  app.get("/sign-in-again", begin(idp, urls, "fresh"));
  app.get("/verify", begin(idp, urls, "mfa"));
  app.post("/acs", express.urlencoded({ extended: false, limit: MAX_FORM }), end(idp, urls, checks));
  app.get("/sign-out", leave());
}

/** Whoever signed out here is asked again by the IdP, although its own session may go on. */
function leave(): Handler {
  return async (request, response) => {
    await renewSession(request);
    request.session.serviceProvider = { left: true };
    response.redirect(303, "/");
  };
}

function begin(idp: IdentityProvider, urls: ServiceProviderUrls, strength: SamlStrength): Handler {
  return async (request, response) => {
    const left = request.session.serviceProvider?.left === true;
    const given = new URL(request.originalUrl, urls.acs).searchParams;
    const usual = left && strength === "any" ? "fresh" : strength;
    const { config, demands } = readSamlAskedFor(given, clock()) ?? usually(usual);
    const saml = makeSaml(urls, idp, pendingOf(request, demands), config);
    const address = await saml.getAuthorizeUrlAsync("", undefined, {});
    const { subject } = demands;
    response.redirect(303, subject === undefined ? address : askAbout(subject, address));
  };
}

/** Only the class is left to the portal, which takes no other than the one that is asked for here. */
function usually(strength: SamlStrength): SamlAskedFor {
  const config = STRENGTH[strength];
  const forceAuthn = config.forceAuthn === true;
  return { config, demands: { classes: [], comparison: "exact", forceAuthn, at: clock() } };
}

function end(idp: IdentityProvider, urls: ServiceProviderUrls, checks: ServiceProviderChecks): Handler {
  return async (request, response) => {
    const encoded = readField(request.body, "SAMLResponse");
    if (encoded === undefined) return refuseSignIn(response, 400, "the form holds no SAMLResponse");
    try {
      const signedIn = await endSamlSignIn(checks, encoded, {
        urls,
        idp,
        pending: pendingOf(request),
        now: clock(),
      });
      await keepOnly(request, signedIn);
      response.redirect(303, "/portal");
    } catch (error) {
      await keepOnly(request);
      refuseSignIn(response, 401, oneLine(describeSamlRefusal(error)));
    }
  };
}

/** An answer ends its sign-in and whoever was signed in before, believed or not. */
async function keepOnly(request: Request, signedIn?: SamlSignIn): Promise<void> {
  const { pending = {}, demands = {} } = request.session.serviceProvider ?? {};
  await renewSession(request);
  request.session.serviceProvider = { pending, demands, ...(signedIn === undefined ? {} : { signedIn }) };
}

/** The requests of one browser, kept in its session; the one that is made next demands this. */
function pendingOf({ session }: Request, demands?: SamlDemands): PendingRequests {
  const read = (): Readonly<Record<string, string>> => session.serviceProvider?.pending ?? {};
  const write = (pending: Readonly<Record<string, string>>): void => {
    session.serviceProvider = { ...session.serviceProvider, pending };
  };
  return {
    ids: () => Object.keys(read()),
    add: (id, instant) => {
      write(addPending(read(), id, instant));
      if (demands === undefined) return;
      const kept = session.serviceProvider;
      session.serviceProvider = { ...kept, demands: addPending(kept?.demands, id, demands) };
    },
    demandsOf: (id) => takePending(session.serviceProvider?.demands, id).entry,
    get: (id) => takePending(read(), id).entry,
    remove: (id) => write(takePending(read(), id).others),
  };
}

function readField(body: unknown, name: string): string | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const value = new Map<string, unknown>(Object.entries(body)).get(name);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function refuseSignIn(response: Response, status: number, reason: string): void {
  const links = [
    { href: "/sign-in-again", text: "Try again" },
    { href: "/", text: "Home" },
  ];
  response.status(status).send(renderSignInRefused(SERVICE_PROVIDER, reason, links));
}
