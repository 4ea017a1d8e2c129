import * as client from "openid-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { authorize, discover, PORTAL, refresh, signIn } from "../relying-party.ts";
import { makeUserAgent } from "../user-agent.ts";

let idp: MockIdp;
let portal: client.Configuration;

beforeAll(async () => {
  idp = await startIdp({ relyingParties: [PORTAL] });
  portal = await discover(idp);
});

afterAll(async () => {
  await idp.stop();
});

describe("sessions", () => {
  const isSignInPage = "form[data-mfa-harness=sign-in]";
  test.each([
    { parameters: {}, asks: false },
    { parameters: { prompt: "login" }, asks: true },
    { parameters: { prompt: "consent" }, asks: true },
    { parameters: { max_age: "0" }, asks: true },
    { parameters: { max_age: "1000" }, asks: false },
    { parameters: { acr_values: "https://refeds.org/profile/mfa" }, asks: false },
    { parameters: { acr_values: "c2" }, asks: true },
    { parameters: { claims: '{"id_token":{"acr":{"essential":true,"value":"c3"}}}' }, asks: true },
  ])("with a session, $parameters shows the sign-in page: $asks", async ({ parameters, asks }) => {
    const agent = makeUserAgent(idp.origin);
    await authorize(idp, portal, { agent });
    const redirectUri = PORTAL.redirectUris[0];
    const url = client.buildAuthorizationUrl(portal, {
      redirect_uri: redirectUri,
      scope: "openid",
      ...parameters,
    });
    const visit = await agent.get(url);
    expect(visit.page.querySelector(isSignInPage) !== null).toBe(asks);
    // Whatever was asked, one answer is enough, also if it does not give what was asked for.
    const end = asks ? await agent.submit(visit, { emission: "oidc-password-only" }) : visit;
    expect(end.url).toMatch(/^http:\/\/127\.0\.0\.1:9\/callback\?(code=|error=unmet_auth)/);
  });

  test("prompt=login: the new sign-in's emission, user and time count from then on", async () => {
    const agent = makeUserAgent(idp.origin);
    const first = await signIn(idp, portal, {
      agent,
      choice: "oidc-password-only",
      user: "a@partner.example",
    });
    const asked = { agent, user: "b@partner.example", choice: "oidc-password-and-otp" };
    const second = await signIn(idp, portal, {
      ...asked,
      parameters: { prompt: "login", acr_values: "step-up" },
    });
    const third = await signIn(idp, portal, { agent });
    const told = [first, second, third, await refresh(idp, first)];
    expect(told.map(({ claims }) => [claims.sub, claims["acr"], claims["amr"]])).toEqual([
      ["a@partner.example", "https://refeds.org/profile/sfa", ["pwd"]],
      ["b@partner.example", "step-up", ["pwd", "otp", "mfa"]],
      ["b@partner.example", "step-up", ["pwd", "otp", "mfa"]],
      ["a@partner.example", "https://refeds.org/profile/sfa", ["pwd"]],
    ]);
  });

  test("each sign-in of the same user keeps an emission of its own, also when refreshed later", async () => {
    const agent = makeUserAgent(idp.origin);
    const first = await signIn(idp, portal, { agent, choice: "oidc-password-only" });
    const asked = { agent, choice: "oidc-password-and-otp", parameters: { prompt: "login" } };
    const second = await signIn(idp, portal, asked);
    const refreshed = [await refresh(idp, first), await refresh(idp, second)];
    expect(refreshed.map(({ claims }) => claims["amr"])).toEqual([["pwd"], ["pwd", "otp", "mfa"]]);
  });

  test("single sign-on: another relying party is told what the newest sign-in said, without a new page", async () => {
    const other = { clientId: "other", redirectUris: PORTAL.redirectUris };
    idp.register(other);
    const agent = makeUserAgent(idp.origin);
    const user = "sso@partner.example";
    await signIn(idp, portal, { agent, user });
    const newest = { agent, user, choice: "oidc-password-only" };
    await signIn(idp, portal, { ...newest, parameters: { prompt: "login" } });
    const configuration = await discover(idp, other, client.None());
    const redirectUri = PORTAL.redirectUris[0];
    const visit = await agent.get(
      client.buildAuthorizationUrl(configuration, { redirect_uri: redirectUri, scope: "openid" }),
    );
    const tokens = await client.authorizationCodeGrant(configuration, new URL(visit.url));
    expect(tokens.claims()).toMatchObject({ sub: user, amr: ["pwd"] });
  });

  test("prompt=none without a session is login_required", async () => {
    const { url } = await authorize(idp, portal, { parameters: { prompt: "none" } });
    expect(new URL(url).searchParams.get("error")).toBe("login_required");
  });

  test("signing out is immediate and goes back to the relying party", async () => {
    const agent = makeUserAgent(idp.origin);
    const { idToken } = await signIn(idp, portal, { agent });
    const end = client.buildEndSessionUrl(portal, {
      id_token_hint: idToken,
      post_logout_redirect_uri: PORTAL.postLogoutRedirectUris[0],
      state: "s",
    });
    expect((await agent.get(end)).url).toBe("http://127.0.0.1:9/bye?state=s");
    const { url } = await authorize(idp, portal, { agent, parameters: { prompt: "none" } });
    expect(new URL(url).searchParams.get("error")).toBe("login_required");
  });
});
