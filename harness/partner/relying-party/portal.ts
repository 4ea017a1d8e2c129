import type { Express, Request, Response } from "express";
import { portalHeading, portalLinks, signedInAt, STALE_REASON } from "../access-words.ts";
import { ACCESS_STATUS, clock, type Access } from "../access.ts";
import { fetchCustomers, type CustomersAnswer } from "../customers.ts";
import type { SignedIn } from "./signed-in.ts";
import { type AccessPage, renderAccessPage, renderHome } from "../pages.ts";
import type { RelyingPartyChecks } from "./checks.ts";
import { RELYING_PARTY } from "./parts.ts";

/** Mounts the pages that people see once they are signed in, and the one before. */
export function mountPortal(app: Express, checks: RelyingPartyChecks, partnerCenter: string): void {
  app.get("/", (request, response) => {
    const user = request.session.relyingParty?.signedIn?.user;
    const pages = [
      { href: "/portal", text: "Portal" },
      { href: "/customers", text: "Customers" },
    ];
    response.send(renderHome(RELYING_PARTY, "Partner portal", user, pages));
  });
  app.get("/portal", (request, response) => {
    const signedIn = request.session.relyingParty?.signedIn;
    if (signedIn === undefined) return response.redirect(303, "/sign-in?to=/portal");
    showPortal(response, checks, signedIn, []);
  });
  app.get("/customers", showCustomers(partnerCenter));
}

/** Answers with the portal, as far as the person gets in. */
export function showPortal(
  response: Response,
  checks: RelyingPartyChecks,
  signedIn: SignedIn,
  facts: AccessPage["facts"],
): void {
  const access = checks.decide(signedIn, clock());
  response.status(ACCESS_STATUS[access]).send(portalPage(signedIn, access, facts));
}

function showCustomers(partnerCenter: string) {
  return async (request: Request, response: Response): Promise<void> => {
    const signedIn = request.session.relyingParty?.signedIn;
    if (signedIn?.purpose !== "api") return response.redirect(303, "/sign-in?to=/customers");
    const answer = await fetchCustomers(partnerCenter, signedIn.accessToken);
    const access = answer.customers === undefined ? "refused" : "granted";
    response.status(ACCESS_STATUS[access]).send(customersPage(signedIn.user, access, answer));
  };
}

function customersPage(user: string, access: Access, answer: CustomersAnswer): string {
  return renderAccessPage({
    application: RELYING_PARTY,
    user,
    access,
    heading: access === "granted" ? "Customers" : "Partner Center refused",
    reason: answer.reason,
    facts: [
      { name: "isMfaCompliant", value: answer.mfaCompliant },
      ...(answer.customers ?? []).map((value) => ({ name: "Customer", value })),
    ],
    links: portalLinks(access, "?to=/customers"),
  });
}

function portalPage(signedIn: SignedIn, access: Access, facts: AccessPage["facts"]): string {
  const { user, issuer, amr, authenticatedAt } = signedIn;
  const said = amr === undefined ? "absent" : JSON.stringify(amr);
  const reasons: Readonly<Record<Access, string>> = {
    granted: "The ID token shows MFA, and the sign-in is fresh.",
    refused: `No MFA evidence: amr of the ID token is ${said}, which does not contain "mfa".`,
    "sign in again": STALE_REASON,
  };
  return renderAccessPage({
    application: RELYING_PARTY,
    user,
    access,
    heading: portalHeading(user, access),
    reason: reasons[access],
    facts: [
      { name: "amr", value: said },
      signedInAt(authenticatedAt),
      { name: "Issuer", value: issuer },
      ...facts,
    ],
    links: portalLinks(access, "?to=/portal"),
  });
}
