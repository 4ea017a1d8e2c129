import * as client from "openid-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { authorize, discover, PORTAL } from "../relying-party.ts";

let idp: MockIdp;
let portal: client.Configuration;

beforeAll(async () => {
  idp = await startIdp({ relyingParties: [PORTAL] });
  portal = await discover(idp);
});

afterAll(async () => {
  await idp.stop();
});

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

  test("a public relying party that is registered while the IdP runs may be answered elsewhere", async () => {
    const late = { clientId: "late", redirectUris: ["https://late.example/callback"] };
    const parameters = { redirect_uri: late.redirectUris[0] ?? "" };
    const configuration = await discover(idp, late, client.None());
    await expect(authorize(idp, configuration, { parameters })).resolves.toMatchObject({ status: 400 });
    idp.register(late);
    const { url } = await authorize(idp, configuration, { user: "late@partner.example", parameters });
    const tokens = await client.authorizationCodeGrant(configuration, new URL(url));
    expect(tokens.claims()).toMatchObject({ aud: "late", sub: "late@partner.example" });
  });
});

describe("a relying party that nobody registered", () => {
  test.each([
    { by: "no secret", authentication: client.None() },
    { by: "a secret in the header", authentication: client.ClientSecretBasic("any % + secret") },
    { by: "a secret in the form", authentication: client.ClientSecretPost("any % + secret") },
  ])("is answered on this machine, with $by", async ({ authentication }) => {
    const stranger = { clientId: "never-seen", redirectUris: [] };
    const configuration = await discover(idp, stranger, authentication);
    const { url } = await authorize(idp, configuration, {});
    const tokens = await client.authorizationCodeGrant(configuration, new URL(url));
    expect(tokens.claims()?.aud).toBe("never-seen");
    const refreshed = await client.refreshTokenGrant(configuration, tokens.refresh_token ?? "");
    expect(refreshed.claims()?.aud).toBe("never-seen");
    const bye = client.buildEndSessionUrl(configuration, {
      id_token_hint: tokens.id_token ?? "",
      post_logout_redirect_uri: "https://elsewhere.example/",
    });
    expect((await fetch(bye)).status).toBe(400);
  });

  test.each([
    "https://elsewhere.example/callback",
    "http://localhost.elsewhere.example/",
    "http://127.0.0.1@elsewhere.example/",
    "http://127.0.0.1.elsewhere.example/",
    "javascript:alert(1)//127.0.0.1",
  ])("is not answered at %s", async (redirectUri) => {
    const configuration = await discover(idp, { clientId: "never-seen", redirectUris: [] });
    const visit = await authorize(idp, configuration, { parameters: { redirect_uri: redirectUri } });
    expect(visit.status).toBe(400);
    expect(visit.html).toContain("redirect_uri");
  });

  test("has no way in under the name of one that is registered", async () => {
    const configuration = await discover(idp, PORTAL);
    const parameters = { redirect_uri: "http://127.0.0.1:9/other" };
    await expect(authorize(idp, configuration, { parameters })).resolves.toMatchObject({ status: 400 });
  });
});
