import type { Express } from "express";
import { ACCESS_STATUS, clock, decideAccess, type Access } from "../partner/access.ts";
import { portalHeading, portalLinks, signedInAt, STALE_REASON } from "../partner/access-words.ts";
import { renderAccessPage, renderHome } from "../partner/pages.ts";
import { type MfaBehavior, type MfaStep, nextMfaStep } from "./mfa-behavior.ts";
import type { FederatedSignIn } from "./token-checks.ts";

/** What the hub calls itself on its pages. */
export const HUB = "Federated domain";

type SignedIn = FederatedSignIn & { readonly demanded: boolean };

const PORTAL = { href: "/portal", text: "Portal" };

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
    : STALE_REASON;
}

function portalPage({ user, methods, authenticatedAt }: SignedIn, decision: Decision): string {
  const { access, behavior } = decision;
  return renderAccessPage({
    application: HUB,
    user,
    access,
    heading: portalHeading(user, access),
    reason: reasonOf(decision),
    facts: [
      { name: "Methods", value: methods.join(" ") || "none" },
      signedInAt(authenticatedAt),
      { name: "federatedIdpMfaBehavior", value: behavior },
    ],
    links: portalLinks(access),
  });
}
