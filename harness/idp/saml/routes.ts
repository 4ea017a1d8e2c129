import express, { type Request, type RequestHandler, type Router } from "express";
import { emitSamlMetadata } from "../../emission/saml/metadata.ts";
import { documentEmission } from "../documents.ts";
import { endpoint } from "../endpoint.ts";
import type { IdpParts } from "../parts.ts";
import { refuseWith } from "../refusal.ts";
import type { SamlSide } from "./side.ts";
import { receiveAgain, receiveForm, receiveQuery, type SamlExchange, startHere } from "./exchange.ts";
import { type Envelope, openForm, openQuery } from "./inbox.ts";
import { logOutHere, makePendingLogouts, takeLogoutMessage } from "./logout.ts";
import { samlMetadata } from "./metadata.ts";
import type { ServiceProviders } from "./service-providers.ts";
import { continueSignIn, type MountedSaml, SAML_CHANNELS, startSignIn } from "./single-sign-on.ts";

/** One message takes 128 KB at most; base64 and form encoding make that more. */
const FORM_LIMIT = "384kb";

/** The query as it was sent: a signature is over its octets. */
function queryOf({ originalUrl }: Request): string {
  const [, ...query] = originalUrl.split("?");
  return query.join("?");
}

const form = express.urlencoded({ extended: false, limit: FORM_LIMIT });

function metadata({ parts, credentials }: MountedSaml): RequestHandler {
  return endpoint(async (_request, response) => {
    const patches = documentEmission(parts, SAML_CHANNELS)?.patch ?? [];
    const xml = emitSamlMetadata(samlMetadata(parts.base(), await credentials.certificates()), patches);
    response.type("application/samlmetadata+xml").send(xml);
    parts.choices.handOut(parts.choices.preselected(SAML_CHANNELS), "samlMetadata");
  });
}

/** Makes a handler that starts a sign-in with what `open` makes of a request. */
function starting(
  side: MountedSaml,
  open: (request: Request, registered: ServiceProviders) => SamlExchange | Promise<SamlExchange>,
): RequestHandler {
  return endpoint(async (request, response) => {
    await startSignIn(side, await open(request, await side.serviceProviders), request, response);
  });
}

function continuing(side: MountedSaml): RequestHandler {
  return endpoint(async ({ body }: { body: unknown }, response) => {
    await continueSignIn(side, await receiveAgain(body, await side.serviceProviders), body, response);
  });
}

function mountSingleLogout(router: Router, side: MountedSaml): void {
  const pending = makePendingLogouts(side.parts.store);
  const taking = (open: (request: Request) => Envelope): RequestHandler =>
    endpoint(async (request, response) => {
      await takeLogoutMessage({ side, pending, request, response }, open(request));
    });
  const ending = endpoint(async (request, response) => {
    await logOutHere({ side, pending, request, response });
  });
  router.get(
    "/slo",
    taking((request) => openQuery(queryOf(request))),
  );
  router.post(
    "/slo",
    form,
    taking(({ body }: { body: unknown }) => openForm(body)),
  );
  router.get("/idp-logout", ending);
}

/**
 * Makes the routes of the SAML 2.0 side, under `/saml`: metadata, single sign-on started by a service provider or here, the sign-in
 * page's answer, single logout. What a request asks of the sign-in and of the name is obeyed unless the emission ignores
 * it.
 */
export function samlRouter(parts: IdpParts, saml: SamlSide): Router {
  const side = { ...saml, parts };
  const router = express.Router();
  router.get("/metadata", metadata(side));
  router.get(
    "/sso",
    starting(side, (request, registered) => receiveQuery(queryOf(request), registered)),
  );
  router.post(
    "/sso",
    form,
    starting(side, ({ body }: { body: unknown }, registered) => receiveForm(body, registered)),
  );
  router.get(
    "/idp-initiated",
    starting(side, ({ query }, registered) => startHere(query, registered)),
  );
  router.post("/sign-in", form, continuing(side));
  mountSingleLogout(router, side);
  return router.use(refuseWith("SAML request refused"));
}
