import { generateKeyPairSync } from "node:crypto";
import { compactDecrypt, createRemoteJWKSet, decodeProtectedHeader, type JWK, jwtVerify } from "jose";
import * as client from "openid-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Emission } from "../../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import type { RelyingPartyRegistration } from "../../../../harness/idp/oidc/registration.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { authorize, discover, emissionOf, PORTAL } from "../relying-party.ts";
import { makeUserAgent, type UserAgent } from "../user-agent.ts";

let idp: MockIdp;

beforeAll(async () => {
  idp = await startIdp();
});

afterAll(async () => {
  await idp.stop();
});

/** A whole sign-in of a relying party that registers something of its own; its ID token as it came. */
async function idTokenOf(
  registration: RelyingPartyRegistration,
  agent: UserAgent = makeUserAgent(idp.origin),
  choice?: string,
): Promise<string> {
  idp.register(registration);
  const configuration = await discover(idp, registration);
  const { url } = await authorize(idp, configuration, {
    agent,
    ...(choice === undefined ? {} : { choice }),
  });
  const code = new URL(url).searchParams.get("code") ?? "";
  const response = await fetch(`${idp.origin}/oidc/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: registration.clientId,
      client_secret: registration.clientSecret ?? "",
      code,
      redirect_uri: PORTAL.redirectUris[0],
    }),
  });
  const body: unknown = await response.json();
  return String(Object.fromEntries(Object.entries(body ?? {}))["id_token"]);
}

describe("a relying party registers what signs its ID tokens", () => {
  const algorithms = ["RS256", "PS256", "ES256", "EdDSA", "HS256"] as const;
  test.each(algorithms)("%s, verified with what is published or shared", async (algorithm) => {
    const registration = { ...PORTAL, clientId: algorithm, idTokenSignedResponseAlg: algorithm };
    const token = await idTokenOf(registration);
    const jwks = createRemoteJWKSet(new URL(`${idp.origin}/oidc/jwks`));
    const options = { algorithms: [algorithm], audience: algorithm };
    const { payload } =
      algorithm === "HS256"
        ? await jwtVerify(token, new TextEncoder().encode(PORTAL.clientSecret), options)
        : await jwtVerify(token, jwks, options);
    expect(payload["amr"]).toEqual(["pwd", "otp", "mfa"]);
  });

  test.each(algorithms)("%s: the hint is taken back when signing out", async (algorithm) => {
    const registration = { ...PORTAL, clientId: `bye-${algorithm}`, idTokenSignedResponseAlg: algorithm };
    const agent = makeUserAgent(idp.origin);
    const hint = await idTokenOf(registration, agent);
    const end = client.buildEndSessionUrl(await discover(idp, registration), {
      id_token_hint: hint,
      post_logout_redirect_uri: PORTAL.postLogoutRedirectUris[0],
    });
    expect((await agent.get(end)).url).toBe("http://127.0.0.1:9/bye");
  });

  test("an emission that names a key of its own signs with that", async () => {
    const registration = { ...PORTAL, clientId: "es", idTokenSignedResponseAlg: "ES256" } as const;
    const choice = idp.offer(emissionOf({ key: "stranger" }), "another key");
    const token = await idTokenOf(registration, makeUserAgent(idp.origin), choice);
    const jwks = createRemoteJWKSet(new URL(`${idp.origin}/oidc/jwks`));
    await expect(jwtVerify(token, jwks)).rejects.toThrow("signature verification failed");
  });

  test("a hint is taken back, whichever published key an emission made sign it", async () => {
    const registration = { ...PORTAL, clientId: "other-key" };
    const agent = makeUserAgent(idp.origin);
    const patch: Emission["patch"] = [
      { op: "set", path: "/idToken/header/alg", value: "ES256" },
      { op: "fill", path: "/idToken/header/kid", keys: ["ec"], as: "kid" },
    ];
    const choice = idp.offer(emissionOf({ key: "ec", patch }), "another key");
    const hint = await idTokenOf(registration, agent, choice);
    const end = client.buildEndSessionUrl(await discover(idp, registration), {
      id_token_hint: hint,
      post_logout_redirect_uri: PORTAL.postLogoutRedirectUris[0],
    });
    expect((await agent.get(end)).url).toBe("http://127.0.0.1:9/bye");
  });

  test("discovery lists them", async () => {
    const metadata = (await discover(idp, PORTAL)).serverMetadata();
    expect(metadata.id_token_signing_alg_values_supported).toEqual(expect.arrayContaining([...algorithms]));
  });
});

describe("a hint that was not issued here is refused", () => {
  test.each([
    { what: "no token", hint: "abc" },
    { what: "alg none", hint: "eyJhbGciOiJub25lIn0.eyJhdWQiOiJwb3J0YWwiLCJzdWIiOiJ4In0." },
  ])("$what", async ({ hint }) => {
    idp.register(PORTAL);
    const visit = await makeUserAgent(idp.origin).get(`${idp.origin}/oidc/session/end?id_token_hint=${hint}`);
    expect(visit.status).toBe(400);
    expect(visit.html).toContain("id_token_hint");
  });
});

test.each(["iss", "aud"])("a hint whose %s is somebody else's is refused", async (claim) => {
  const registration = { ...PORTAL, clientId: "honest" };
  const patch: Emission["patch"] = [{ op: "set", path: `/idToken/claims/${claim}`, value: "portal" }];
  idp.register(PORTAL);
  const agent = makeUserAgent(idp.origin);
  const hint = await idTokenOf(registration, agent, idp.offer(emissionOf({ patch }), "other"));
  const query = new URLSearchParams({
    client_id: "honest",
    redirect_uri: PORTAL.redirectUris[0],
    response_type: "code",
    scope: "openid",
    id_token_hint: hint,
  });
  const { url } = await agent.get(`${idp.origin}/oidc/auth?${query}`);
  expect(new URL(url).searchParams.get("error")).toBe("invalid_request");
});

describe("a relying party registers to have its ID tokens encrypted", () => {
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
  test.each([
    { alg: "RSA-OAEP", pair: rsa },
    { alg: "RSA-OAEP-256", pair: rsa },
    { alg: "ECDH-ES", pair: ec },
    { alg: "ECDH-ES+A256KW", pair: ec },
  ] as const)("$alg: only its key opens it, and the signed token is inside", async ({ alg, pair }) => {
    const encryptionKey: JWK = {
      ...pair.publicKey.export({ format: "jwk" }),
      kty: alg.startsWith("R") ? "RSA" : "EC",
      kid: "mine",
      use: "enc",
    };
    const clientId = `enc-${alg}`;
    const token = await idTokenOf({ ...PORTAL, clientId, idTokenEncryptedResponseAlg: alg, encryptionKey });
    expect(decodeProtectedHeader(token)).toMatchObject({
      alg,
      enc: "A128CBC-HS256",
      cty: "JWT",
      kid: "mine",
    });
    const { plaintext } = await compactDecrypt(token, pair.privateKey);
    const jwks = createRemoteJWKSet(new URL(`${idp.origin}/oidc/jwks`));
    const { payload } = await jwtVerify(new TextDecoder().decode(plaintext), jwks, { audience: clientId });
    expect(payload["amr"]).toEqual(["pwd", "otp", "mfa"]);
  });
});
