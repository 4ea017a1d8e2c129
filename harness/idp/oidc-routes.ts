import express, { type Router } from "express";
import type { Emission } from "../emission/emission.ts";
import { jsonText } from "../emission/json-text.ts";
import { emitOidcMessage } from "../emission/oidc-message.ts";
import { endpoint } from "./endpoint.ts";
import type { OidcEngine } from "./oidc-engine.ts";
import type { OidcSide } from "./oidc.ts";
import type { IdpParts } from "./parts.ts";
import { refuseWith } from "./refusal.ts";

/**
 * Mounts the OIDC side at `/oidc`.
 *
 * oidc-provider is loaded by the first request to it, so that a run that signs in by SAML alone does not pay for it.
 */
export function mountOidc(app: Router, parts: IdpParts, { relyingParties, keySet }: OidcSide): void {
  const { choices, keys, now, record, sessions } = parts;
  const emissionInUse = (): Emission | undefined => choices.get(choices.preselected(["oidc"]));
  let loading: Promise<OidcEngine> | undefined;
  const load = async (): Promise<OidcEngine> => {
    const { makeOidcEngine } = await import("./oidc-engine.ts");
    const shared = { keys, now, record, sessions, relyingParties, emissionInUse };
    return await makeOidcEngine({ ...shared, base: parts.base() });
  };
  const engine = (): Promise<OidcEngine> => (loading ??= load());

  const show = endpoint(async (request, response) => {
    const { showSignIn } = await import("./oidc-sign-in.ts");
    await showSignIn(request, response, await engine(), parts);
  });
  const answer = endpoint(async (request, response) => {
    const { answerSignIn } = await import("./oidc-sign-in.ts");
    await answerSignIn(request, response, await engine(), parts);
  });
  const protocol = endpoint(async (request, response) => (await engine()).handle(request, response));
  const publish = endpoint(async (_request, response) => {
    const jwks = { ...(await keySet.publish()) };
    const emission = emissionInUse();
    const said = emission === undefined ? jwks : emitOidcMessage("jwks", jwks, emission);
    response.set("Access-Control-Allow-Origin", "*").type("application/jwk-set+json").send(jsonText(said));
  });
  const refuse = refuseWith("OpenID Connect sign-in refused");
  app.get("/oidc/sign-in/:uid", show);
  app.post("/oidc/sign-in/:uid", express.urlencoded({ extended: false }), answer, refuse);
  app.get("/oidc/jwks", publish);
  app.use("/oidc", protocol);
}
