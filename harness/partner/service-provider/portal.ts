import type { Express } from "express";
import { portalHeading, portalLinks, signedInAt, STALE_REASON } from "../access-words.ts";
import { ACCESS_STATUS, clock, type Access } from "../access.ts";
import { renderAccessPage, renderHome } from "../pages.ts";
import type { SamlSignIn } from "./saml-checks.ts";
import { MULTIPLE_AUTHN } from "./saml-sign-in.ts";
import type { ServiceProviderChecks } from "./checks.ts";

/** What the service provider calls itself on its pages. */
export const SERVICE_PROVIDER = "Service provider";

const PORTAL = { href: "/portal", text: "Portal" };

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
  const reasons: Readonly<Record<Access, string>> = {
    granted: "AuthnContextClassRef shows MFA, and the sign-in is fresh.",
    refused: `No MFA evidence: AuthnContextClassRef is ${classRef}, not ${MULTIPLE_AUTHN}.`,
    "sign in again": STALE_REASON,
  };
  return renderAccessPage({
    application: SERVICE_PROVIDER,
    user,
    access,
    heading: portalHeading(user, access),
    reason: reasons[access],
    facts: [{ name: "AuthnContextClassRef", value: classRef }, signedInAt(authenticatedAt)],
    links: portalLinks(access),
  });
}
