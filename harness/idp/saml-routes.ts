import express, { type Response, type Router } from "express";
import type { SamlSignIn } from "../emission/profiles/saml.ts";
import { STATUS } from "../emission/saml-names.ts";
import { sendPage } from "./pages/layout.ts";
import { sendPostPage } from "./pages/post-page.ts";
import type { SignInHint } from "./pages/sign-in-page.ts";
import type { IdpParts } from "./parts.ts";
import { refuseWith } from "./refusal.ts";
import type { SamlSide } from "./saml.ts";
import { receiveAgain, receiveRequest, type SamlExchange } from "./saml-exchange.ts";
import { samlEntityId, samlMetadata } from "./saml-metadata.ts";
import type { AuthnRequest } from "./saml-request.ts";
import { renderFirstPage, takeAnswer, type WantedSignIn } from "./sign-in.ts";

interface Side extends SamlSide {
  readonly parts: IdpParts;
}

const CHANNELS = ["saml"] as const;

/** One request takes 128 KB at most; base64 and form encoding make that more. */
const FORM_LIMIT = "384kb";

function hints({ classRefs, comparison, forceAuthn, nameIdFormat }: AuthnRequest): SignInHint[] {
  const name = `RequestedAuthnContext (${comparison ?? "exact"})`;
  return [
    ...classRefs.map((value) => ({ name, value })),
    ...(forceAuthn ? [{ name: "ForceAuthn", value: "true" }] : []),
    ...(nameIdFormat === undefined ? [] : [{ name: "NameIDPolicy", value: nameIdFormat }]),
  ];
}

function signInOf({ parts }: Side, { request, acs }: SamlExchange, user: string): SamlSignIn {
  const issuer = samlEntityId(parts.base());
  return { issuer, user, audience: request.issuer, acs, requestId: request.id, now: parts.now() };
}

function wantedSignIn({ parts }: Side, { request, state }: SamlExchange): WantedSignIn {
  return {
    resume: `${parts.base()}/saml/sign-in`,
    protocol: "SAML 2.0",
    application: request.issuer,
    hints: hints(request),
    state,
    channels: CHANNELS,
  };
}

async function showSignIn(side: Side, exchange: SamlExchange, response: Response): Promise<void> {
  if (exchange.request.isPassive) {
    // There is no session that could answer without asking the person.
    const { artifact } = await (await side.answers()).fail(STATUS.noPassive, signInOf(side, exchange, ""));
    sendAnswer(response, exchange, artifact);
    return;
  }
  sendPage(response, 200, renderFirstPage(wantedSignIn(side, exchange), side.parts));
}

async function answerSignIn(
  side: Side,
  exchange: SamlExchange,
  body: unknown,
  response: Response,
): Promise<void> {
  const answers = await side.answers();
  const step = takeAnswer(body, wantedSignIn(side, exchange), side.parts);
  if (step.kind === "page") {
    sendPage(response, 200, step.html);
    return;
  }
  if (step.kind === "cancelled") {
    const failure = await answers.fail(STATUS.authnFailed, signInOf(side, exchange, ""));
    side.parts.record(step.choice, failure);
    sendAnswer(response, exchange, failure.artifact);
    return;
  }
  const { choice, emission, performed } = step.signedIn;
  const issued = await answers.emit(emission, signInOf(side, exchange, performed.user));
  side.parts.record(choice, { ...issued, performed });
  sendAnswer(response, exchange, issued.artifact);
}

/** Sends a response to where it was asked for. */
function sendAnswer(response: Response, { acs, relayState }: SamlExchange, xml: string): void {
  sendPostPage(response, acs, { SAMLResponse: Buffer.from(xml).toString("base64"), RelayState: relayState });
}

function routes(side: Side): Router {
  const router = express.Router();
  const form = express.urlencoded({ extended: false, limit: FORM_LIMIT });
  router.get("/metadata", async (_request, response) => {
    const { certificate } = await side.credentials.signer("published");
    response.type("application/samlmetadata+xml").send(samlMetadata(side.parts.base(), certificate));
  });
  router.get("/sso", async ({ query }, response) => {
    await showSignIn(side, await receiveRequest(query, "redirect", await side.serviceProviders), response);
  });
  router.post("/sso", form, async ({ body }: { body: unknown }, response) => {
    await showSignIn(side, await receiveRequest(body, "post", await side.serviceProviders), response);
  });
  router.post("/sign-in", form, async ({ body }: { body: unknown }, response) => {
    await answerSignIn(side, await receiveAgain(body, await side.serviceProviders), body, response);
  });
  return router.use(refuseWith("SAML request refused"));
}

/**
 * Mounts the SAML 2.0 side under `/saml`: metadata, single sign-on started by a service provider, the sign-in page's
 * answer. There is no session: every request asks the person, so ForceAuthn is always honoured and IsPassive never.
 * Every NameIDPolicy and RequestedAuthnContext is taken; what is said is up to the emission alone.
 */
export function mountSaml(app: Router, parts: IdpParts, side: SamlSide): void {
  app.use("/saml", routes({ ...side, parts }));
}
