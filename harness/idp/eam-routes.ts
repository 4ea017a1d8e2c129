import express, { type ErrorRequestHandler, type Request, type Response, type Router } from "express";
import { z } from "zod";
import { eamDiscovery } from "./eam-discovery.ts";
import { EamFailure } from "./eam-failure.ts";
import { makeHintKeys, type HintKeys } from "./eam-hint-keys.ts";
import { readEamRequest, readEamReturn, type EamRequest, type EamSettings } from "./eam-request.ts";
import type { EamSide } from "./eam.ts";
import { endpoint } from "./endpoint.ts";
import { sendPage } from "./pages/layout.ts";
import { sendPostPage } from "./pages/post-page.ts";
import type { SignInHint } from "./pages/sign-in-page.ts";
import type { IdpParts } from "./parts.ts";
import { RequestRefusal, refuseWith } from "./refusal.ts";

interface Side extends EamSide {
  readonly parts: IdpParts;
  readonly settings: EamSettings;
}

const CHANNELS = ["eam"] as const;
const FORM_LIMIT = "128kb";

const answerSchema = z.object({ emission: z.string(), action: z.enum(["sign-in", "cancel"]) });

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

async function showSignIn({ parts, settings }: Side, request: Request, response: Response): Promise<void> {
  // First, so that nothing is said to a place that cannot be trusted.
  readEamReturn(request.body, settings);
  const asked = await readEamRequest(request.body, settings);
  const { choices, renderSignIn } = parts;
  const page = renderSignIn({
    resume: `${parts.base()}/eam/sign-in`,
    protocol: "External authentication method",
    application: asked.clientId,
    hints: hintsOf(asked),
    user: asked.user.name,
    userIsFixed: true,
    choices: choices.forChannels(CHANNELS),
    preselected: choices.preselected(CHANNELS),
    state: asked.fields,
  });
  sendPage(response, 200, page);
}

/** The request is read anew, with all its checks, so that a forged form gains nothing over a request of its own. */
async function answerSignIn(side: Side, request: Request, response: Response): Promise<void> {
  const { redirectUri, state } = readEamReturn(request.body, side.settings);
  const asked = await readEamRequest(request.body, side.settings);
  const { user, clientId: audience, nonce, acrValues, amrValues } = asked;
  const parsed = answerSchema.safeParse(request.body);
  if (!parsed.success) throw new RequestRefusal("The answer of the sign-in page cannot be read");
  const { emission: choice, action } = parsed.data;
  if (action === "cancel") throw new EamFailure("access_denied", "the person cancelled");
  const emission = side.parts.choices.get(choice);
  if (emission?.channel !== "eam") throw new RequestRefusal(`There is no EAM emission ${choice} on offer`);
  const { subject, name } = user;
  const eam = { subject, acrValues, amrValues, ...(state === undefined ? {} : { state }) };
  const now = side.parts.now();
  const issued = await side.answer(emission, { user: name, audience, nonce, eam, now });
  if (issued === undefined) throw new EamFailure("access_denied", "no requested method fits the request");
  side.parts.record(choice, issued);
  sendPostPage(response, redirectUri, { id_token: issued.artifact, state: issued.eam?.returnedState });
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
    response.json(eamDiscovery(parts.base()));
  });
  const jwks = endpoint(async (_request, response) => void response.json(await eam.jwks()));
  const authorize = endpoint(async (request, response) => await showSignIn(side, request, response));
  const signIn = endpoint(async (request, response) => await answerSignIn(side, request, response));
  router.get("/jwks", jwks);
  router.post("/authorize", form, authorize);
  router.post("/sign-in", form, signIn);
  return router.use(failWith(settings)).use(refuseWith("External authentication request refused"));
}
