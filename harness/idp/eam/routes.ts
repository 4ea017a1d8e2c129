import express, { type ErrorRequestHandler, type Request, type Response, type Router } from "express";
import { endpoint } from "../endpoint.ts";
import { sendPage } from "../pages/layout.ts";
import { sendPostPage } from "../pages/post-page.ts";
import type { SignInHint } from "../pages/sign-in-page.ts";
import type { IdpParts } from "../parts.ts";
import { refuseWith } from "../refusal.ts";
import { beginSignIn, type SignInStep, takeAnswer, type WantedSignIn } from "../sign-in/sign-in.ts";
import { eamDiscovery } from "./discovery.ts";
import { EamFailure } from "./failure.ts";
import { makeHintKeys, type HintKeys } from "./hint-keys.ts";
import { sendPublished } from "./published.ts";
import { readEamRequest, readEamReturn, type EamRequest, type EamSettings } from "./request.ts";
import type { EamDelivery, EamSide } from "./side.ts";

interface Side extends EamSide {
  readonly parts: IdpParts;
  readonly settings: EamSettings;
}

const CHANNELS = ["eam"] as const;
const FORM_LIMIT = "128kb";

function hintsOf({ acrValues, amrValues, user, fields }: EamRequest): SignInHint[] {
  const requestId = fields["client-request-id"];
  return [
    { name: "acr", value: acrValues.join(" ") },
    { name: "amr", value: amrValues.join(" ") },
    { name: "oid", value: user.objectId },
    { name: "tid", value: user.tenantId },
    ...(requestId === undefined ? [] : [{ name: "client-request-id", value: requestId }]),
  ];
}

function wantedSignIn({ parts }: Side, asked: EamRequest): WantedSignIn {
  return {
    resume: `${parts.base()}/eam/sign-in`,
    protocol: "External authentication method",
    application: asked.clientId,
    hints: hintsOf(asked),
    user: asked.user.name,
    userIsFixed: true,
    state: asked.fields,
    channels: CHANNELS,
  };
}

type TakeStep = (wanted: WantedSignIn) => Promise<SignInStep>;

async function showSignIn(side: Side, request: Request, response: Response): Promise<void> {
  await takeTurn(side, request, response, async (wanted) => await beginSignIn(wanted, side.parts));
}

async function answerSignIn(side: Side, request: Request, response: Response): Promise<void> {
  const body: unknown = request.body;
  await takeTurn(side, request, response, async (wanted) => await takeAnswer(body, wanted, side.parts));
}

/** The request is read anew, with all its checks, so that a forged form gains nothing over a request of its own. */
async function takeTurn(side: Side, request: Request, response: Response, take: TakeStep): Promise<void> {
  // First, so that nothing is said to a place that cannot be trusted.
  const { redirectUri, state } = readEamReturn(request.body, side.settings);
  const asked = await readEamRequest(request.body, side.settings);
  const step = await take(wantedSignIn(side, asked));
  if (step.kind === "page") {
    sendPage(response, 200, step.html);
    return;
  }
  if (step.kind === "cancelled") throw new EamFailure("access_denied", "the person cancelled");
  const { choice, emission, performed } = step.signedIn;
  const { user, clientId: audience, nonce, acrValues, amrValues } = asked;
  const eam = { subject: user.subject, acrValues, amrValues, ...(state === undefined ? {} : { state }) };
  const now = side.parts.now();
  const answer = await side.answer(emission, { user: user.name, audience, nonce, eam, now });
  if (answer === undefined) throw new EamFailure("access_denied", "no requested method fits the request");
  side.parts.choices.handOut(choice, "eamResponse");
  await side.parts.record(choice, { ...answer.issued, performed });
  deliver(redirectUri, answer.delivery, response);
}

/** Entra wants a posted form; the other ways are there to be refused. */
function deliver(redirectUri: string, { mode, fields }: EamDelivery, response: Response): void {
  if (mode === "form_post") {
    sendPostPage(response, redirectUri, fields);
    return;
  }
  const url = new URL(redirectUri);
  const answer = new URLSearchParams(fields);
  if (mode === "fragment") url.hash = answer.toString();
  else for (const [name, value] of answer) url.searchParams.append(name, value);
  response.set("Cache-Control", "no-store").redirect(303, url.href);
}

/** An error goes to the redirect URI like any answer, if that can be trusted. */
function failWith(settings: EamSettings): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (!(error instanceof EamFailure)) {
      next(error);
      return;
    }
    const { redirectUri, state } = readEamReturn(request.body, settings);
    sendPostPage(response, redirectUri, { error: error.code, error_description: error.message, state });
  };
}

/** The first hint makes the key set, and with it the stand-in's key: discovery alone needs none. */
function lateHintKeys({ hintKeys }: EamSide): () => Promise<HintKeys> {
  let making: ReturnType<typeof make> | undefined;
  const make = async () => makeHintKeys(await hintKeys());
  return async () => await (await (making ??= make()))();
}

/**
 * Makes the routes under `/eam`: discovery, JWK Set, the request by POST, the sign-in page's answer. There is no
 * session: Entra asks for a fresh second factor each time.
 */
export function eamRouter(parts: IdpParts, eam: EamSide): Router {
  const { clientId, audiences, redirectUris } = eam;
  const keys = lateHintKeys(eam);
  const settings: EamSettings = { clientId, audiences, redirectUris, keys, now: parts.now };
  const side: Side = { ...eam, parts, settings };
  const router = express.Router();
  const form = express.urlencoded({ extended: false, limit: FORM_LIMIT });
  router.get("/.well-known/openid-configuration", (_request, response) => {
    sendPublished("eamDiscovery", eamDiscovery(parts.base()), parts, response);
  });
  const jwks = endpoint(async (_request, response) => {
    sendPublished("eamJwks", { ...(await eam.keySet.publish()) }, parts, response);
  });
  const authorize = endpoint(async (request, response) => await showSignIn(side, request, response));
  const signIn = endpoint(async (request, response) => await answerSignIn(side, request, response));
  router.get("/jwks", jwks);
  router.post("/authorize", form, authorize);
  router.post("/sign-in", form, signIn);
  return router.use(failWith(settings)).use(refuseWith("External authentication request refused"));
}
