import express from "express";
import { expect, test } from "vitest";
import { makeEmissionKeys } from "../../../../harness/emission/keys/keys.ts";
import { entraStandIn } from "../../../../harness/idp/eam/side.ts";
import { oidcDiscovery } from "../../../../harness/idp/oidc/discovery.ts";
import { makeOidcEngine } from "../../../../harness/idp/oidc/engine.ts";
import { makeRealm } from "../../../../harness/idp/realm.ts";
import { listenOnLoopback } from "../../../../harness/partner/listen.ts";

/** A realm as a start makes it, and oidc-provider in it. */
async function providerAt(origin: string): Promise<Awaited<ReturnType<typeof makeOidcEngine>>> {
  const { parts, oidc } = makeRealm({
    base: () => origin,
    now: () => Math.floor(Date.now() / 1000),
    ahead: () => 0,
    keys: makeEmissionKeys(),
    relyingParties: [],
    serviceProviderMetadata: [],
    overrides: [],
    wsFedRealms: [],
    eam: {},
    standIn: entraStandIn({}),
  });
  return await makeOidcEngine({ ...parts, base: origin, relyingParties: oidc.relyingParties });
}

test.each(["", "/fault/one"])("the document at %j is what oidc-provider says of itself", async (path) => {
  const app = express();
  await using server = await listenOnLoopback(app, 0);
  const base = `${server.origin}${path}`;
  const { handle } = await providerAt(base);
  app.use(`${path}/oidc`, (request, response) => void handle(request, response));
  const answer = await fetch(`${base}/oidc/.well-known/openid-configuration`);
  expect(await answer.json()).toEqual(oidcDiscovery(`${base}/oidc`));
});
