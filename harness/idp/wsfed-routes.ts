import express, { type RequestHandler, type Response, type Router } from "express";
import { sendPage } from "./pages/layout.ts";
import { renderMessage } from "./pages/message-page.ts";
import { sendPostPage } from "./pages/post-page.ts";
import type { IdpParts } from "./parts.ts";
import { refuseWith } from "./refusal.ts";
import { renderFirstPage, takeAnswer, type WantedSignIn } from "./sign-in.ts";
import type { WsFedSide } from "./wsfed.ts";
import { wsFedMetadata } from "./wsfed-metadata.ts";
import { isSignOut, readWsFedRequest, type WsFedRequest } from "./wsfed-request.ts";

const CHANNELS = ["wsfed"] as const;
const SIGN_IN = "wsignin1.0";
const FORM_LIMIT = "128kb";

function wantedSignIn(parts: IdpParts, { realm, hints, state }: WsFedRequest): WantedSignIn {
  return {
    resume: `${parts.base()}/wsfed/sign-in`,
    protocol: "WS-Federation",
    application: realm,
    hints,
    state,
    channels: CHANNELS,
  };
}

function showSignIn(parts: IdpParts, side: WsFedSide, input: unknown, response: Response): void {
  const wanted = wantedSignIn(parts, readWsFedRequest(input, side.realms));
  sendPage(response, 200, renderFirstPage(wanted, parts));
}

/** Nobody is signed in here beyond one answer, so there is nothing to end. */
function showSignedOut(response: Response): void {
  const facts = { Session: "This identity provider keeps none; every sign-in asks the person anew." };
  sendPage(response, 200, renderMessage("Signed out", facts));
}

/** WS-Federation has no answer for a person who gives up, so the relying party hears nothing. */
function showCancelled(response: Response, realm: string): void {
  const facts = { Application: realm, "What now": "Nothing was sent to it. Start again there." };
  sendPage(response, 200, renderMessage("Sign-in cancelled", facts));
}

async function answerSignIn(
  parts: IdpParts,
  side: WsFedSide,
  input: unknown,
  response: Response,
): Promise<void> {
  const request = readWsFedRequest(input, side.realms);
  const { realm, replyTo, context } = request;
  const step = takeAnswer(input, wantedSignIn(parts, request), parts);
  if (step.kind === "page") {
    sendPage(response, 200, step.html);
    return;
  }
  if (step.kind === "cancelled") {
    showCancelled(response, realm);
    return;
  }
  const { choice, emission, performed } = step.signedIn;
  const issued = await side.issue(emission, { user: performed.user, audience: realm, now: parts.now() });
  parts.record(choice, { ...issued, performed });
  sendPostPage(response, replyTo, { wa: SIGN_IN, wresult: issued.artifact, wctx: context });
}

/**
 * Makes the routes under `/wsfed`: the passive endpoint by GET and POST, the sign-in page's answer, metadata. There is
 * no session: every request asks the person, so `wfresh` is always honoured; `wauth` and `whr` are shown, and what is
 * said is up to the emission alone.
 */
export function wsFedRouter(parts: IdpParts, side: WsFedSide): Router {
  const router = express.Router();
  const form = express.urlencoded({ extended: false, limit: FORM_LIMIT });
  const passive =
    (from: "query" | "body"): RequestHandler =>
    (request, response) => {
      const input: unknown = request[from];
      if (isSignOut(input)) showSignedOut(response);
      else showSignIn(parts, side, input, response);
    };
  router.get("/metadata", async (_request, response) => {
    const { certificate } = await side.credentials.signer("published");
    response.type("application/samlmetadata+xml").send(wsFedMetadata(parts.base(), certificate));
  });
  router.get("/", passive("query"));
  router.post("/", form, passive("body"));
  router.post("/sign-in", form, async ({ body }: { body: unknown }, response) => {
    await answerSignIn(parts, side, body, response);
  });
  return router.use(refuseWith("WS-Federation request refused"));
}
