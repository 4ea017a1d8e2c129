import type { Express } from "express";
import { ACCESS_STATUS, clock, decideAccess, type Access } from "../partner/access.ts";
import { renderAccessPage, renderHome } from "../partner/pages.ts";
import { type MfaBehavior, type MfaStep, nextMfaStep } from "./mfa-behavior.ts";
import type { FederatedSignIn } from "./token-checks.ts";

/** What the hub calls itself on its pages. */
export const HUB = "Federated domain";

type SignedIn = FederatedSignIn & { readonly demanded: boolean };

const PORTAL = { href: "/portal", text: "Portal" };
const HOME = { href: "/", text: "Home" };
const SIGN_OUT = { href: "/sign-out", text: "Sign out" };

/** Why nobody goes on without MFA of the IdP. */
const REFUSALS: Readonly<Record<Exclude<MfaStep, "done">, string>> = {
  own: "Entra would now ask for its own MFA: that of the identity provider does not count or is not shown.",
  "ask-idp": "The identity provider has not been asked for MFA yet.",
  failed: "The identity provider was asked for MFA and answered without it; asking again would not end.",
};

/** Mounts the pages that people see. */
export function mountHubPortal(app: Express, behavior: MfaBehavior): void {
  app.get("/", (request, response) => {
    const user = request.session.hub?.signedIn?.user;
    response.send(renderHome(HUB, "Federated tenant", user, [PORTAL]));
  });
  app.get("/portal", (request, response) => {
    const signedIn = request.session.hub?.signedIn;
    if (signedIn === undefined) return response.redirect(303, "/sign-in");
    const step = nextMfaStep(behavior, signedIn);
    const access = decideAccess({ ...signedIn, showsMfa: step === "done" }, clock());
    return response.status(ACCESS_STATUS[access]).send(portalPage(signedIn, { behavior, step, access }));
  });
}

interface Decision {
  readonly behavior: MfaBehavior;
  readonly step: MfaStep;
  readonly access: Access;
}

function reasonOf({ step, access }: Decision): string {
  if (step !== "done") return REFUSALS[step];
  return access === "granted"
    ? "The token shows MFA where Entra reads it, and the sign-in is fresh."
    : "MFA is shown, but the sign-in is more than an hour old or its time is unknown.";
}

function portalPage({ user, methods, authenticatedAt }: SignedIn, decision: Decision): string {
  const { access, behavior } = decision;
  const headings: Readonly<Record<Access, string>> = {
    granted: `Signed in as ${user}, MFA confirmed`,
    refused: `Signed in as ${user}, without MFA`,
    "sign in again": "Sign in again",
  };
  const steps = {
    granted: [],
    refused: [{ href: "/verify", text: "Verify with MFA" }],
    "sign in again": [{ href: "/sign-in-again", text: "Sign in again" }],
  }[access];
  const time = authenticatedAt === undefined ? "unknown" : new Date(authenticatedAt * 1000).toISOString();
  return renderAccessPage({
    application: HUB,
    user,
    access,
    heading: headings[access],
    reason: reasonOf(decision),
    facts: [
      { name: "Methods", value: methods.join(" ") || "none" },
      { name: "Signed in at", value: time },
      { name: "federatedIdpMfaBehavior", value: behavior },
    ],
    links: [...steps, HOME, SIGN_OUT],
  });
}
