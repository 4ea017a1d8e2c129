import { Redis } from "ioredis";
import type { Configuration } from "openid-client";
import { expect, test } from "vitest";
import type { MockIdp } from "../../../harness/idp/mock-idp.ts";
import { callApi } from "../../harness/idp/api/client.ts";
import { discover, emissionOf, PORTAL, refresh, signIn } from "../../harness/idp/relying-party.ts";
import { makeSamlAgent } from "../../harness/idp/saml/agent.ts";
import { authnRequest, deflated } from "../../harness/idp/saml/requests.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { startRedis } from "../../support/redis.ts";

/** What stays until somebody empties Redis: a number of entries that does not grow with use. */
const KEPT = /^mfa-harness:1:(entra:)?(keys:[a-z-]+|secrets:(journal|cookies)|moments:began)$/;

async function useEverything(idp: MockIdp, portal: Configuration): Promise<void> {
  const choice = idp.offer(emissionOf({ profile: "password-only" }), "bounded");
  idp.register({ clientId: "later", redirectUris: PORTAL.redirectUris });
  idp.clock.set({ shift: 0 });
  await idp.rotateKeys({ overlap: true });
  await refresh(idp, await signIn(idp, portal, { choice }));
  const own = `${idp.origin}/fault/${choice}`;
  const issuer = { ...idp, origin: own, trust: { ...idp.trust, oidcIssuer: `${own}/oidc` } };
  await signIn(issuer, await discover(issuer));
  const agent = makeSamlAgent();
  const query = new URLSearchParams({ SAMLRequest: deflated(authnRequest()) });
  await agent.signIn(await agent.open(`${idp.origin}/saml/sso?${query}`));
  await callApi(idp, "GET", "/journal");
}

test("whatever is written runs out, but for the keys", async () => {
  await using redis = await startRedis();
  await using idp = await startIdp({ redis: redis.url, relyingParties: [PORTAL] });
  await useEverything(idp, await discover(idp));
  const client = new Redis(redis.url);
  const names = await client.keys("*");
  const lifetimes = await Promise.all(names.map(async (name) => await client.ttl(name)));
  client.disconnect();
  const forEver = names.filter((_, index) => (lifetimes[index] ?? 0) < 0);
  expect(names.length).toBeGreaterThan(30);
  expect(forEver.filter((name) => !KEPT.test(name))).toEqual([]);
  expect(Math.max(...lifetimes)).toBeLessThanOrEqual(7 * 86_400);
});

test("the live API answers when every replica can see what was changed", async () => {
  await using redis = await startRedis();
  await using one = await startIdp({ redis: redis.url });
  await using two = await startIdp({ redis: redis.url });
  const client = new Redis(redis.url);
  await client.client("PAUSE", 300, "WRITE");
  await callApi(one, "PUT", "/emission", { body: { channel: "oidc", profile: "password-only" } });
  const { body } = await callApi(two, "GET", "/emission");
  client.disconnect();
  expect(body).toMatchObject({ oidc: { emission: { profile: "password-only" } } });
});

test("a journal and a record of artifacts stay bounded", async () => {
  await using redis = await startRedis();
  await using idp = await startIdp({ redis: redis.url });
  const answers = Array.from({ length: 1100 }, async () => await callApi(idp, "GET", "/emission"));
  await Promise.all(answers);
  const { body } = await callApi(idp, "GET", "/journal");
  expect(body).toHaveLength(1000);
});

test("without Redis requests are told so, and are answered again when it is back", async () => {
  const redis = await startRedis();
  await using idp = await startIdp({ redis: redis.url });
  await redis[Symbol.asyncDispose]();
  const [page, api, health] = await Promise.all(
    ["/oidc/.well-known/openid-configuration", "/_harness/emission", "/_harness/health"].map(async (path) => {
      const response = await fetch(`${idp.origin}${path}`);
      return { status: response.status, text: await response.text() };
    }),
  );
  expect([page?.status, api?.status, health?.status]).toEqual([503, 503, 503]);
  expect(page?.text).toMatch(/Redis at 127\.0\.0\.1:\d+ does not answer/);
  expect(page?.text).not.toContain("at Object.");
  await using again = await startRedis(Number(new URL(redis.url).port));
  expect(again.url).toBe(redis.url);
  await expect
    .poll(async () => (await fetch(`${idp.origin}/_harness/health`)).status, { timeout: 10_000 })
    .toBe(200);
  expect((await callApi(idp, "GET", "/emission")).status).toBe(200);
});
