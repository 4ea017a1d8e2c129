import type { Express, Request, Response } from "express";
import type { Configuration } from "openid-client";
import { clock } from "../access.ts";
import { describeRefusal } from "./oidc-sign-in.ts";
import type { SignedIn } from "./signed-in.ts";
import { type Handler, refuseSignIn, type RelyingPartyParts } from "./parts.ts";
import { showPortal } from "./portal.ts";
import { renewSession } from "../sessions.ts";

/** Asks an IdP once more about somebody who is signed in. */
type Ask = (idp: Configuration, signedIn: SignedIn) => Promise<Answered>;

/** What came of it: who is signed in now, and what the page shows besides. */
interface Answered {
  readonly signedIn: SignedIn;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
}

/** Mounts the pages that ask the IdP again: `/refresh` for new tokens, `/user-info` for what it knows of the person. */
export function mountAsks(app: Express, parts: RelyingPartyParts): void {
  app.get(
    "/refresh",
    asking(parts, async (idp, signedIn) => ({
      signedIn: await parts.checks.refresh(idp, signedIn, clock()),
      facts: [{ name: "Refreshed", value: "yes" }],
    })),
  );
  app.get(
    "/user-info",
    asking(parts, async (idp, signedIn) => {
      const asked = await parts.checks.askUserInfo(idp, signedIn);
      const { name = "none", email = "none" } = asked;
      return {
        signedIn: asked.signedIn,
        facts: [
          { name: "Name", value: name },
          { name: "E-mail", value: email },
        ],
      };
    }),
  );
}

function asking(parts: RelyingPartyParts, ask: Ask): Handler {
  return async (request, response) => {
    const signedIn = request.session.relyingParty?.signedIn;
    const idp = signedIn === undefined ? undefined : parts.idps.of(signedIn.signIn);
    if (signedIn === undefined || idp === undefined) return response.redirect(303, "/sign-in?to=/portal");
    try {
      const answered = await ask(idp, signedIn);
      request.session.relyingParty = { ...request.session.relyingParty, signedIn: answered.signedIn };
      showPortal(response, parts.checks, answered.signedIn, answered.facts);
    } catch (error) {
      await refuse(request, response, describeRefusal(error));
    }
  };
}

/** An IdP that contradicts itself is not believed before either. */
async function refuse(request: Request, response: Response, reason: string): Promise<void> {
  await renewSession(request);
  refuseSignIn(response, 401, reason);
}
