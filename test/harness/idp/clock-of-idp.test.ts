import { decodeJwt } from "jose";
import { expect, test } from "vitest";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { authorize, discover, emissionOf, PORTAL, redeem, refresh, signIn } from "./relying-party.ts";
import { makeUserAgent } from "./user-agent.ts";

const MOMENT = 1_900_000_000;
const REDIRECT_URI = PORTAL.redirectUris[0];
const EAM = { subject: "sub", acrValues: ["possessionorinherence"], amrValues: ["otp"] };
const ASKED = { user: "agent@partner.example", audience: "portal", nonce: "n", eam: EAM };

test.each([
  { channel: "oidc", says: `"iat":${MOMENT}` },
  { channel: "partner-api", says: `"iat":${MOMENT}` },
  { channel: "eam", says: `"iat":${MOMENT}` },
  { channel: "saml", says: 'IssueInstant="2030-03-17T17:46:40Z"' },
  { channel: "wsfed", says: "2030-03-17T17:46:40" },
] as const)("what $channel emits follows the clock", async ({ channel, says }) => {
  await using idp = await startIdp();
  idp.clock.set({ now: MOMENT, frozen: true });
  const { artifact } = await idp.issue(emissionOf({ channel }), ASKED);
  const text = channel === "saml" || channel === "wsfed" ? artifact : JSON.stringify(decodeJwt(artifact));
  expect(text).toContain(says);
});

test("a sign-in takes its times from the clock, and UserInfo and introspection agree", async () => {
  await using idp = await startIdp({ relyingParties: [PORTAL] });
  idp.clock.set({ now: MOMENT, frozen: true });
  const { claims, accessToken } = await signIn(idp, await discover(idp));
  expect(claims).toMatchObject({ iat: MOMENT, auth_time: MOMENT });
  const authorization = `Bearer ${accessToken}`;
  expect((await fetch(`${idp.trust.oidcIssuer}/me`, { headers: { authorization } })).status).toBe(200);
  const credentials = [PORTAL.clientId, PORTAL.clientSecret].map(encodeURIComponent).join(":");
  const answer = await fetch(`${idp.trust.oidcIssuer}/token/introspection`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(credentials).toString("base64")}` },
    body: new URLSearchParams({ token: accessToken }),
  });
  expect(await answer.json()).toMatchObject({ active: true, iat: MOMENT });
});

test.each([
  { what: "a code of five minutes, after four", shift: 240, error: undefined },
  { what: "a code of five minutes, after six", shift: 360, error: "invalid_grant" },
  { what: "a code made before the clock went back", shift: -86_400, error: undefined },
])("$what", async ({ shift, error }) => {
  await using idp = await startIdp({ relyingParties: [PORTAL] });
  idp.clock.set({ now: MOMENT });
  const { url } = await authorize(idp, await discover(idp), {});
  const code = new URL(url).searchParams.get("code") ?? "";
  idp.clock.set({ shift });
  const tokens = await redeem(idp, { grant_type: "authorization_code", code, redirect_uri: REDIRECT_URI });
  expect(tokens["error"]).toBe(error);
});

test("a refresh token of a day is good within it, and the new ID token keeps auth_time", async () => {
  await using idp = await startIdp({ relyingParties: [PORTAL] });
  idp.clock.set({ now: MOMENT, frozen: true });
  const first = await signIn(idp, await discover(idp));
  idp.clock.set({ shift: 80_000, frozen: true });
  const { claims } = await refresh(idp, first);
  expect(claims).toMatchObject({ iat: MOMENT + 80_000, auth_time: MOMENT });
});

test.each([
  { shift: 30, asked: false },
  { shift: 90, asked: true },
])("max_age of a minute, $shift seconds after the sign-in: asked again $asked", async ({ shift, asked }) => {
  await using idp = await startIdp({ relyingParties: [PORTAL] });
  const portal = await discover(idp);
  idp.clock.set({ now: MOMENT });
  const agent = makeUserAgent(idp.origin);
  await authorize(idp, portal, { agent });
  idp.clock.set({ shift });
  const query = new URLSearchParams({
    client_id: PORTAL.clientId,
    redirect_uri: REDIRECT_URI,
    response_type: "code",
    scope: "openid",
    max_age: "60",
  });
  const visit = await agent.get(`${idp.trust.oidcIssuer}/auth?${query}`);
  expect(visit.page.querySelector("[data-mfa-harness=sign-in]") !== null).toBe(asked);
});
