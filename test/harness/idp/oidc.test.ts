import { createHash } from "node:crypto";
import * as client from "openid-client";
import { createRemoteJWKSet, decodeJwt, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Emission } from "../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { authorize, discover, emissionOf, PORTAL, redeem, refresh, signIn } from "./relying-party.ts";
import { formFields, makeUserAgent } from "./user-agent.ts";

const API = "https://api.partnercenter.microsoft.com";
let idp: MockIdp;
let portal: client.Configuration;

beforeAll(async () => {
  idp = await startIdp({ relyingParties: [PORTAL] });
  portal = await discover(idp);
});

afterAll(async () => {
  await idp.stop();
});

async function verifies(jwt: string): Promise<boolean> {
  const jwks = createRemoteJWKSet(new URL(`${idp.origin}/oidc/jwks`));
  return await jwtVerify(jwt, jwks, { issuer: idp.trust.oidcIssuer }).then(
    () => true,
    () => false,
  );
}

describe("code flow with openid-client", () => {
  test("PKCE, state and nonce hold; the ID token shows MFA and who signed in", async () => {
    const verifier = client.randomPKCECodeVerifier();
    const strict = await discover(idp);
    client.enableNonRepudiationChecks(strict);
    const { url } = await authorize(idp, strict, {
      user: "agent-7@partner.example",
      parameters: {
        nonce: "n-7",
        state: "s-7",
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
      },
    });
    const tokens = await client.authorizationCodeGrant(strict, new URL(url), {
      pkceCodeVerifier: verifier,
      expectedState: "s-7",
      expectedNonce: "n-7",
      idTokenExpected: true,
    });
    expect(tokens.claims()).toMatchObject({
      iss: `${idp.origin}/oidc`,
      aud: "portal",
      sub: "agent-7@partner.example",
      email: "agent-7@partner.example",
      name: "agent-7@partner.example",
      preferred_username: "agent-7@partner.example",
      upn: "agent-7@partner.example",
      nonce: "n-7",
      amr: ["pwd", "otp", "mfa"],
      acr: "https://refeds.org/profile/mfa",
    });
    const user = await client.fetchUserInfo(strict, tokens.access_token, "agent-7@partner.example");
    expect(user.email).toBe("agent-7@partner.example");
  });

  test("a wrong PKCE verifier is refused", async () => {
    const { url } = await authorize(idp, portal, {
      parameters: {
        code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()),
        code_challenge_method: "S256",
      },
    });
    const checks = { pkceCodeVerifier: client.randomPKCECodeVerifier() };
    await expect(client.authorizationCodeGrant(portal, new URL(url), checks)).rejects.toThrow();
  });

  test.each([
    { by: "Basic", authentication: client.ClientSecretBasic(PORTAL.clientSecret) },
    { by: "form", authentication: client.ClientSecretPost(PORTAL.clientSecret) },
  ])("takes the secret by $by", async ({ authentication }) => {
    const configuration = await discover(idp, PORTAL, authentication);
    const { url } = await authorize(idp, configuration, {});
    const tokens = await client.authorizationCodeGrant(configuration, new URL(url));
    expect(tokens.claims()?.sub).toBe("agent@partner.example");
  });

  test("a wrong secret is refused", async () => {
    const configuration = await discover(idp, PORTAL, client.ClientSecretBasic("wrong"));
    const { url } = await authorize(idp, configuration, {});
    await expect(client.authorizationCodeGrant(configuration, new URL(url))).rejects.toThrow();
  });

  test("a public relying party that is registered while the IdP runs may sign in", async () => {
    const late = { clientId: "late", redirectUris: PORTAL.redirectUris };
    await expect(authorize(idp, await discover(idp, late), {})).resolves.toMatchObject({ status: 400 });
    idp.register(late);
    const configuration = await discover(idp, late, client.None());
    const { url } = await authorize(idp, configuration, { user: "late@partner.example" });
    const tokens = await client.authorizationCodeGrant(configuration, new URL(url));
    expect(tokens.claims()).toMatchObject({ aud: "late", sub: "late@partner.example" });
  });
});

describe("the tokens say what the chosen emission says", () => {
  test.each<{ change: Partial<Emission>; claims?: Record<string, unknown>; verified: boolean }>([
    { change: {}, claims: { amr: ["pwd", "otp", "mfa"] }, verified: true },
    { change: { profile: "password-only" }, claims: { amr: ["pwd"] }, verified: true },
    {
      change: { patch: [{ op: "set", path: "/idToken/claims/amr", value: "mfa" }] },
      claims: { amr: "mfa" },
      verified: true,
    },
    {
      change: { patch: [{ op: "remove", path: "/idToken/claims/amr" }] },
      claims: { amr: undefined },
      verified: true,
    },
    { change: { patch: [{ op: "shift", path: "/idToken/claims/exp", seconds: -7200 }] }, verified: false },
    {
      change: { patch: [{ op: "set", path: "/idToken/claims/iss", value: "https://evil.example" }] },
      verified: false,
    },
    { change: { key: "stranger" }, verified: false },
    { change: { tamper: [{ op: "flip-signature" }] }, verified: false },
    { change: { tamper: [{ op: "strip-signature" }] }, verified: false },
    {
      change: {
        profile: "password-only",
        tamper: [{ op: "replace-text", find: '["pwd"]', replace: '["pwd","mfa"]' }],
      },
      claims: { amr: ["pwd", "mfa"] },
      verified: false,
    },
  ])("$change → verified: $verified", async ({ change, claims = {}, verified }) => {
    const choice = idp.offer(emissionOf(change), "under test");
    const signedIn = await signIn(idp, portal, { choice, user: "agent-1@partner.example" });
    const found = Object.fromEntries(Object.keys(claims).map((name) => [name, signedIn.claims[name]]));
    expect(found).toEqual(claims);
    expect(await verifies(signedIn.idToken)).toBe(verified);
    expect(idp.issued(choice)).toEqual([
      {
        channel: "oidc",
        artifact: signedIn.idToken,
        user: "agent-1@partner.example",
        audience: "portal",
        at: expect.any(Number),
      },
    ]);
    idp.withdraw(choice);
    expect(idp.issued(choice)).toEqual([]);
  });

  test("what cannot be emitted is told to the relying party, with the path", async () => {
    const patch: Emission["patch"] = [{ op: "remove", path: "/idToken/claims/nowhere" }];
    const choice = idp.offer(emissionOf({ patch }), "broken");
    const { url } = await authorize(idp, portal, { choice });
    const code = new URL(url).searchParams.get("code") ?? "";
    const redirectUri = PORTAL.redirectUris[0];
    const answer = await redeem(idp, { grant_type: "authorization_code", code, redirect_uri: redirectUri });
    expect(answer).toMatchObject({ error: "server_error" });
    expect(answer["error_description"]).toContain("/idToken/claims/nowhere");
  });

  test("sixteen user agents at once, each with its own emission and user", async () => {
    const runs = Array.from({ length: 16 }, (_, index) => ({
      user: `agent-${index}@partner.example`,
      amr: [`m${index}`],
    }));
    const seen = await Promise.all(
      runs.map(async ({ user, amr }) => {
        const patch: Emission["patch"] = [{ op: "set", path: "/idToken/claims/amr", value: amr }];
        const { claims } = await signIn(idp, portal, {
          user,
          choice: idp.offer(emissionOf({ patch }), user),
        });
        return { user: claims.sub, amr: claims["amr"] };
      }),
    );
    expect(seen).toEqual(runs);
  });

  test("a refresh says the same, also after the choice was withdrawn, and keeps the time of sign-in", async () => {
    const patch: Emission["patch"] = [{ op: "set", path: "/idToken/claims/amr", value: ["otp"] }];
    const choice = idp.offer(emissionOf({ patch }), "refresh");
    const first = await signIn(idp, portal, { choice });
    idp.withdraw(choice);
    const second = await refresh(idp, first);
    expect(second.claims["amr"]).toEqual(["otp"]);
    expect(second.claims["auth_time"]).toBe(first.claims["auth_time"]);
  });
});

describe("access tokens of the partner API", () => {
  const scopes = ["openid user_impersonation", `openid ${API}/user_impersonation`, `openid ${API}/.default`];
  test.each(scopes.map((scope) => ({ scope })))("scope $scope", async ({ scope }) => {
    const { accessToken } = await signIn(idp, portal, { parameters: { scope } });
    expect(decodeJwt(accessToken)).toMatchObject({
      aud: API,
      iss: idp.trust.oidcIssuer,
      scp: "user_impersonation",
      appid: "portal",
      appidacr: "1",
      ver: "1.0",
      upn: "agent@partner.example",
      amr: ["pwd", "mfa"],
    });
    expect(await verifies(accessToken)).toBe(true);
  });

  test("resource names the API too, and the emission follows into the refreshed token", async () => {
    const choice = idp.offer(emissionOf({ channel: "partner-api", profile: "password-only" }), "no MFA");
    const first = await signIn(idp, portal, { choice, parameters: { resource: API } });
    const second = await refresh(idp, first);
    expect([first, second].map(({ accessToken }) => decodeJwt(accessToken)["amr"])).toEqual([
      ["pwd"],
      ["pwd"],
    ]);
    expect(first.claims["amr"]).toEqual(["pwd", "otp", "mfa"]);
    expect(idp.issued(choice).map(({ channel, audience }) => ({ channel, audience }))).toEqual([
      { channel: "partner-api", audience: API },
      { channel: "oidc", audience: "portal" },
      { channel: "partner-api", audience: API },
      { channel: "oidc", audience: "portal" },
    ]);
  });

  test("an emission of channel oidc leaves it good", async () => {
    const choice = idp.offer(emissionOf({ profile: "password-only", key: "stranger" }), "bad ID token");
    const signedIn = await signIn(idp, portal, { choice, parameters: { resource: API } });
    expect(decodeJwt(signedIn.accessToken)["amr"]).toEqual(["pwd", "mfa"]);
    expect(await verifies(signedIn.accessToken)).toBe(true);
    expect(await verifies(signedIn.idToken)).toBe(false);
  });
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
    expect(end.url).toMatch(/^http:\/\/127\.0\.0\.1:9\/callback\?code=/);
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

  test("single sign-on: another relying party is told the same without a new page", async () => {
    const other = { clientId: "other", redirectUris: PORTAL.redirectUris };
    idp.register(other);
    const agent = makeUserAgent(idp.origin);
    await signIn(idp, portal, { agent, choice: "oidc-password-only", user: "sso@partner.example" });
    const configuration = await discover(idp, other, client.None());
    const redirectUri = PORTAL.redirectUris[0];
    const visit = await agent.get(
      client.buildAuthorizationUrl(configuration, { redirect_uri: redirectUri, scope: "openid" }),
    );
    const tokens = await client.authorizationCodeGrant(configuration, new URL(visit.url));
    expect(tokens.claims()).toMatchObject({ sub: "sso@partner.example", amr: ["pwd"] });
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

describe("tokens in the authorization response", () => {
  const spa = { ...PORTAL, clientId: "front", responseTypes: ["id_token", "code id_token"] };
  const options = {
    redirect_uri: PORTAL.redirectUris[0],
    scope: "openid email",
    nonce: "n",
    response_mode: "form_post",
  };

  beforeAll(() => idp.register(spa));

  function postOf(fields: Record<string, string>): Request {
    return new Request(PORTAL.redirectUris[0], { method: "POST", body: new URLSearchParams(fields) });
  }

  test("id_token by form_post to plain http, as express-openid-connect asks for it", async () => {
    const front = await discover(idp, spa);
    client.useIdTokenResponseType(front);
    const choice = idp.offer(emissionOf({ profile: "password-only" }), "no MFA");
    const visit = await authorize(idp, front, { parameters: options, choice });
    expect(visit.page.querySelector("form")?.getAttribute("action")).toBe(PORTAL.redirectUris[0]);
    const claims = await client.implicitAuthentication(front, postOf(formFields(visit, {})), "n");
    expect(claims).toMatchObject({ aud: "front", nonce: "n", amr: ["pwd"] });
  });

  test("code id_token: c_hash stays right in a patched token, and both tokens follow the emission", async () => {
    const front = await discover(idp, spa);
    client.useCodeIdTokenResponseType(front);
    const patch: Emission["patch"] = [{ op: "set", path: "/idToken/claims/amr", value: ["fpt"] }];
    const visit = await authorize(idp, front, {
      parameters: options,
      choice: idp.offer(emissionOf({ patch }), "patched"),
    });
    const fields = formFields(visit, {});
    const half = createHash("sha256")
      .update(fields["code"] ?? "")
      .digest()
      .subarray(0, 16);
    expect(decodeJwt(fields["id_token"] ?? "")).toMatchObject({
      amr: ["fpt"],
      c_hash: half.toString("base64url"),
    });
    const tokens = await client.authorizationCodeGrant(front, postOf(fields), { expectedNonce: "n" });
    expect(tokens.claims()).toMatchObject({ amr: ["fpt"], nonce: "n" });
  });
});

describe("what goes wrong", () => {
  test("cancel is access_denied at the relying party", async () => {
    const agent = makeUserAgent(idp.origin);
    const redirectUri = PORTAL.redirectUris[0];
    const asked = { redirect_uri: redirectUri, scope: "openid", state: "s" };
    const visit = await agent.get(client.buildAuthorizationUrl(portal, asked));
    const { url } = await agent.submit(visit, { action: "cancel" });
    expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({
      error: "access_denied",
      state: "s",
    });
  });

  test.each([
    { what: "an unknown relying party", query: "client_id=nobody", says: "invalid_client" },
    {
      what: "a redirect URI that is not registered",
      query: "client_id=portal&redirect_uri=http://x.example/",
      says: "invalid_redirect_uri",
    },
    { what: "hostile text", query: "client_id=%3Cscript%3Ealert(1)%3C/script%3E", says: "invalid_client" },
  ])("$what gets a page that loads nothing and runs nothing", async ({ query, says }) => {
    const agent = makeUserAgent(idp.origin);
    const visit = await agent.get(`${idp.origin}/oidc/auth?response_type=code&scope=openid&${query}`);
    expect(visit.status).toBe(400);
    expect(visit.html).toContain(says);
    expect(visit.html).not.toMatch(/<script|<link|@import|stack/i);
  });

  test.each(["oidc-nothing", "saml-password-and-otp"])(
    "choice %s is refused on an OIDC page",
    async (choice) => {
      const visit = await authorize(idp, portal, { choice });
      expect({ status: visit.status, url: visit.url }).toEqual({
        status: 400,
        url: expect.stringContaining("/oidc/sign-in/"),
      });
    },
  );

  test("a sign-in page that was never begun is a page with the reason", async () => {
    const visit = await makeUserAgent(idp.origin).get(`${idp.origin}/oidc/sign-in/made-up`);
    expect(visit.status).toBe(400);
    expect(visit.html).toContain("This request cannot be answered");
    expect(visit.html).not.toContain("node_modules");
  });
});

test("oidc-provider has nothing to warn of", async () => {
  const said = [vi.spyOn(console, "warn"), vi.spyOn(console, "info"), vi.spyOn(console, "error")];
  await using fresh = await startIdp({ relyingParties: [PORTAL] });
  const configuration = await discover(fresh);
  const agent = makeUserAgent(fresh.origin);
  await refresh(fresh, await signIn(fresh, configuration, { agent, parameters: { resource: API } }));
  await agent.get(`${fresh.origin}/oidc/auth?client_id=nobody`);
  await agent.get(client.buildEndSessionUrl(configuration));
  expect(said.map((spy) => spy.mock.calls)).toEqual([[], [], []]);
  vi.restoreAllMocks();
});
