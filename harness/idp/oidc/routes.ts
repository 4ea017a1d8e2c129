import express, { type Response, type Router } from "express";
import { jsonText } from "../../emission/json-text.ts";
import { late } from "../../emission/late.ts";
import type { Json } from "../../emission/model.ts";
import { emitOidcMessage } from "../../emission/token/oidc-message.ts";
import { documentEmission } from "../documents.ts";
import { endpoint } from "../endpoint.ts";
import { oidcDiscovery } from "./discovery.ts";
import type { OidcEngine } from "./engine.ts";
import { ENDPOINTS_TAKING_FORMS, takePostedRequest } from "./posted-requests.ts";
import type { OidcSide } from "./side.ts";
import { renderIssuer } from "../pages/issuer-page.ts";
import { sendPage } from "../pages/layout.ts";
import type { IdpParts } from "../parts.ts";
import { refuseWith } from "../refusal.ts";

/**
 * Mounts the OIDC side at `/oidc`.
 *
 * oidc-provider is loaded by the first request to it, so that a run that signs in by SAML alone does not pay for it; the
 * documents, which every start waits for, are answered without it.
 */
export function mountOidc(app: Router, parts: IdpParts, { relyingParties, keySet }: OidcSide): void {
  const { keys, now, ahead, record, sessions, choices, store, cookieKey } = parts;
  const engine = late(async (): Promise<OidcEngine> => {
    const { makeOidcEngine } = await import("./engine.ts");
    const shared = { keys, now, ahead, record, sessions, choices, store, cookieKey, relyingParties };
    return await makeOidcEngine({ ...shared, base: parts.base() });
  });
  const pages = late(() => import("./sign-in.ts"));

  const show = endpoint(async (request, response) => {
    await (await pages()).showSignIn({ request, response, engine: await engine(), parts });
  });
  const answer = endpoint(async (request, response) => {
    await (await pages()).answerSignIn({ request, response, engine: await engine(), parts });
  });
  const protocol = endpoint(async (request, response) => {
    const waiting = await (await engine()).handle(request, response);
    if (waiting === undefined) return;
    await (await pages()).meetSignIn({ request, response, engine: await engine(), parts }, waiting);
  });
  const publish = (member: "discovery" | "jwks", document: Json, response: Response): void => {
    const emission = documentEmission(parts, ["oidc"]);
    const said = emission === undefined ? document : emitOidcMessage(member, document, emission);
    response.set("Access-Control-Allow-Origin", "*").send(jsonText(said));
    choices.handOut(choices.preselected(["oidc"]), member);
  };
  const discovery = endpoint(async (_request, response) => {
    // Whoever asks this will ask more, so what answers that gets ready; if it cannot, the next request says why.
    response.once("finish", () => void engine().catch(() => undefined));
    publish("discovery", oidcDiscovery(`${parts.base()}/oidc`), response.type("application/json"));
  });
  const jwks = endpoint(async (_request, response) => {
    const document = { ...(await keySet.publish()) };
    publish("jwks", document, response.type("application/jwk-set+json"));
  });
  const refuse = refuseWith("OpenID Connect sign-in refused");
  app.get("/oidc", (_request, response) => sendPage(response, 200, renderIssuer(`${parts.base()}/oidc`)));
  app.get("/oidc/sign-in/:uid", show);
  app.post("/oidc/sign-in/:uid", express.urlencoded({ extended: false }), answer, refuse);
  app.get("/oidc/.well-known/openid-configuration", discovery);
  app.get("/oidc/jwks", jwks);
  app.post([...ENDPOINTS_TAKING_FORMS], ...takePostedRequest(), refuse);
  app.use("/oidc", protocol);
  app.use("/oidc/auth", refuse);
}
