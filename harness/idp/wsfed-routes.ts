import express, { type RequestHandler, type Response, type Router } from "express";
import { sendPage } from "./pages/layout.ts";
import { renderMessage } from "./pages/message-page.ts";
import { sendPostPage } from "./pages/post-page.ts";
import type { IdpParts } from "./parts.ts";
import { RequestRefusal, refuseWith } from "./refusal.ts";
import type { WsFedSide } from "./wsfed.ts";
import { wsFedMetadata } from "./wsfed-metadata.ts";
import { isSignOut, readWsFedAnswer, readWsFedRequest } from "./wsfed-request.ts";

const CHANNELS = ["wsfed"] as const;
const SIGN_IN = "wsignin1.0";
const FORM_LIMIT = "128kb";

function showSignIn(parts: IdpParts, side: WsFedSide, input: unknown, response: Response): void {
  const { realm, hints, state } = readWsFedRequest(input, side.realms);
  const { choices, renderSignIn } = parts;
  const page = renderSignIn({
    resume: `${parts.base()}/wsfed/sign-in`,
    protocol: "WS-Federation",
    application: realm,
    hints,
    choices: choices.forChannels(CHANNELS),
    preselected: choices.preselected(CHANNELS),
    state,
  });
  sendPage(response, 200, page);
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
  const { realm, replyTo, context } = readWsFedRequest(input, side.realms);
  const { user, emission: choice, action } = readWsFedAnswer(input);
  if (action === "cancel") {
    showCancelled(response, realm);
    return;
  }
  const emission = parts.choices.get(choice);
  if (emission?.channel !== "wsfed") {
    throw new RequestRefusal(`There is no WS-Federation emission ${choice} on offer`);
  }
  const issued = await side.issue(emission, { user, audience: realm, now: parts.now() });
  parts.record(choice, issued);
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
