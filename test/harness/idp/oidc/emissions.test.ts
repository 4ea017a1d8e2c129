import type * as client from "openid-client";
import { createRemoteJWKSet, decodeJwt, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Emission } from "../../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { authorize, discover, emissionOf, PORTAL, redeem, refresh, signIn } from "../relying-party.ts";

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
        performed: { user: "agent-1@partner.example", methods: [], at: expect.any(Number) as unknown },
        asked: { response_type: "code", scope: "openid profile email" },
        accessToken: signedIn.accessToken,
        at: signedIn.claims.iat,
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
