import * as client from "openid-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MockIdp } from "../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { authorize, discover, PORTAL } from "./relying-party.ts";

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
