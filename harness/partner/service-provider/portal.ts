import type { Express } from "express";
import { ACCESS_STATUS, clock, type Access } from "../access.ts";
import { renderAccessPage, renderHome } from "../pages.ts";
import type { SamlSignIn } from "./saml-checks.ts";
import { MULTIPLE_AUTHN } from "./saml-sign-in.ts";
import type { ServiceProviderChecks } from "./checks.ts";

/** What the service provider calls itself on its pages. */
export const SERVICE_PROVIDER = "Service provider";

const PORTAL = { href: "/portal", text: "Portal" };
const HOME = { href: "/", text: "Home" };
const SIGN_OUT = { href: "/sign-out", text: "Sign out" };

/** Mounts the pages that people see. */
export function mountPortal(app: Express, checks: ServiceProviderChecks): void {
  app.get("/", (request, response) => {
    const user = request.session.serviceProvider?.signedIn?.user;
    response.send(renderHome(SERVICE_PROVIDER, "Partner portal", user, [PORTAL]));
  });
  app.get("/portal", (request, response) => {
    const signedIn = request.session.serviceProvider?.signedIn;
    if (signedIn === undefined) return response.redirect(303, "/sign-in");
    const access = checks.decide(signedIn, clock());
    response.status(ACCESS_STATUS[access]).send(portalPage(signedIn, access));
  });
}

function portalPage({ user, classRef = "absent", authenticatedAt }: SamlSignIn, access: Access): string {
  const texts: Readonly<Record<Access, { heading: string; reason: string }>> = {
    granted: {
      heading: `Signed in as ${user}, MFA confirmed`,
      reason: "AuthnContextClassRef shows MFA, and the sign-in is fresh.",
    },
    refused: {
      heading: `Signed in as ${user}, without MFA`,
      reason: `No MFA evidence: AuthnContextClassRef is ${classRef}, not ${MULTIPLE_AUTHN}.`,
    },
    "sign in again": {
      heading: "Sign in again",
      reason: "MFA is shown, but the sign-in is more than an hour old or its time is unknown.",
    },
  };
  const step = {
    granted: [],
    refused: [{ href: "/verify", text: "Verify with MFA" }],
    "sign in again": [{ href: "/sign-in-again", text: "Sign in again" }],
  }[access];
  const time = authenticatedAt === undefined ? "unknown" : new Date(authenticatedAt * 1000).toISOString();
  return renderAccessPage({
    application: SERVICE_PROVIDER,
    user,
    access,
    ...texts[access],
    facts: [
      { name: "AuthnContextClassRef", value: classRef },
      { name: "Signed in at", value: time },
    ],
    links: [...step, HOME, SIGN_OUT],
  });
}
