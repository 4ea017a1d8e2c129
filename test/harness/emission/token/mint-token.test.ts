import { createHmac, verify } from "node:crypto";
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import { describe, expect, test } from "vitest";
import { emissionSchema, type Emission } from "../../../../harness/emission/emission.ts";
import { makeEmissionKeys, publicJwk } from "../../../../harness/emission/keys/keys.ts";
import { mintAccessToken, mintIdToken } from "../../../../harness/emission/token/mint-token.ts";

const NOW = 1_767_225_600;
const keys = makeEmissionKeys();

const idTokenOrder = {
  issuer: "http://127.0.0.1/oidc",
  audience: "portal",
  issuedAt: NOW,
  authenticatedAt: NOW - 10,
  acrValues: [],
  claims: { sub: "agent@partner.example", nonce: "n-1" },
};

const partnerGrant = {
  issuer: "http://127.0.0.1/oidc",
  audience: "https://api.partnercenter.microsoft.com",
  user: "agent@partner.example",
  applicationId: "portal",
  applicationAuthentication: "1",
  scope: "user_impersonation",
  issuedAt: NOW,
} as const;

function emission(change: Partial<Emission>): Emission {
  return emissionSchema.parse({ channel: "oidc", profile: "password-and-otp", ...change });
}

async function verifies(jwt: string): Promise<boolean> {
  const jwks = createLocalJWKSet({ keys: [{ kty: "RSA", ...publicJwk(await keys.published()) }] });
  return await jwtVerify(jwt, jwks, { currentDate: new Date(NOW * 1000) }).then(
    () => true,
    () => false,
  );
}

describe("ID token", () => {
  test("a good one has every claim of the profile and of the order, and verifies", async () => {
    const jwt = await mintIdToken(emission({}), idTokenOrder, keys);
    expect(decodeJwt(jwt)).toEqual({
      iss: "http://127.0.0.1/oidc",
      aud: "portal",
      sub: "agent@partner.example",
      nonce: "n-1",
      iat: NOW,
      exp: NOW + 3600,
      auth_time: NOW - 10,
      acr: "https://refeds.org/profile/mfa",
      amr: ["pwd", "otp", "mfa"],
    });
    expect(decodeProtectedHeader(jwt)).toEqual({
      typ: "JWT",
      alg: "RS256",
      kid: (await keys.published()).kid,
    });
    expect(await verifies(jwt)).toBe(true);
  });

  test.each([
    { profile: "password-and-otp", acrValues: ["c1", "c2"], acr: "c1", amr: ["pwd", "otp", "mfa"] },
    { profile: "password-only", acrValues: [], acr: "https://refeds.org/profile/sfa", amr: ["pwd"] },
    { profile: "password-only", acrValues: ["c1"], acr: "https://refeds.org/profile/sfa", amr: ["pwd"] },
  ] as const)("$profile asked for $acrValues says $acr, $amr", async ({ profile, acrValues, acr, amr }) => {
    const jwt = await mintIdToken(emission({ profile }), { ...idTokenOrder, acrValues }, keys);
    expect(decodeJwt(jwt)).toMatchObject({ acr, amr });
  });
});

describe("access token", () => {
  test("a good one is shaped like an Entra token of version 1.0 (Test-PartnerSecurityRequirement)", async () => {
    const jwt = await mintAccessToken(emission({ channel: "partner-api" }), partnerGrant, keys);
    const { oid, ...claims } = decodeJwt(jwt);
    expect(oid).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect(claims).toEqual({
      aud: "https://api.partnercenter.microsoft.com",
      iss: "http://127.0.0.1/oidc",
      iat: NOW,
      nbf: NOW,
      exp: NOW + 3900,
      acr: "1",
      amr: ["pwd", "mfa"],
      appid: "portal",
      appidacr: "1",
      scp: "user_impersonation",
      sub: "agent@partner.example",
      tenant_region_scope: "NA",
      tid: "11111111-2222-3333-4444-555555555555",
      unique_name: "agent@partner.example",
      upn: "agent@partner.example",
      ver: "1.0",
    });
    expect(await verifies(jwt)).toBe(true);
  });

  test("password-only says pwd alone", async () => {
    const jwt = await mintAccessToken(
      emission({ channel: "partner-api", profile: "password-only" }),
      partnerGrant,
      keys,
    );
    expect(decodeJwt(jwt)["amr"]).toEqual(["pwd"]);
  });
});

const passwordAt = (path: string): Emission["patch"] => [{ op: "set", path, value: ["pwd"] }];

describe("an emission changes the token of its own channel and leaves the other good", () => {
  test.each([
    { channel: "oidc", path: "/idToken/claims/amr", idToken: ["pwd"], accessToken: ["pwd", "mfa"] },
    {
      channel: "partner-api",
      path: "/accessToken/claims/amr",
      idToken: ["pwd", "otp", "mfa"],
      accessToken: ["pwd"],
    },
    {
      channel: "saml",
      path: "/samlResponse/issuer",
      idToken: ["pwd", "otp", "mfa"],
      accessToken: ["pwd", "mfa"],
    },
  ] as const)("$channel", async ({ channel, path, idToken, accessToken }) => {
    const chosen = emission({ channel, patch: passwordAt(path), key: "stranger" });
    const minted = {
      idToken: await mintIdToken(chosen, idTokenOrder, keys),
      accessToken: await mintAccessToken(chosen, partnerGrant, keys),
    };
    expect(decodeJwt(minted.idToken)["amr"]).toEqual(idToken);
    expect(decodeJwt(minted.accessToken)["amr"]).toEqual(accessToken);
    expect(await verifies(minted.idToken)).toBe(channel !== "oidc");
    expect(await verifies(minted.accessToken)).toBe(channel !== "partner-api");
  });
});

describe("keys, tampers and algorithms", () => {
  test("the stranger's key signs under the published key id, and its signature is a real one", async () => {
    const jwt = await mintIdToken(emission({ key: "stranger" }), idTokenOrder, keys);
    const [header, payload, signature = ""] = jwt.split(".");
    const { publicKey } = await keys.stranger();
    expect(decodeProtectedHeader(jwt).kid).toBe((await keys.published()).kid);
    expect(await verifies(jwt)).toBe(false);
    const signed = Buffer.from(`${header}.${payload}`);
    expect(verify("sha256", signed, publicKey, Buffer.from(signature, "base64url"))).toBe(true);
  });

  test.each<{ change: Partial<Emission>; verified: boolean }>([
    { change: { tamper: [{ op: "flip-signature" }] }, verified: false },
    { change: { tamper: [{ op: "strip-signature" }] }, verified: false },
    { change: { tamper: [{ op: "replace-text", find: "otp", replace: "otq" }] }, verified: false },
    { change: { patch: [{ op: "set", path: "/idToken/header/alg", value: "PS256" }] }, verified: true },
    { change: { patch: [{ op: "set", path: "/idToken/header/alg", value: "RS512" }] }, verified: true },
    { change: { patch: [{ op: "set", path: "/idToken/header/alg", value: "none" }] }, verified: false },
    { change: { patch: [{ op: "set", path: "/idToken/header/alg", value: 7 }] }, verified: false },
    { change: { patch: [{ op: "set", path: "/idToken/claims/exp", value: NOW - 1 }] }, verified: false },
  ])("$change verifies: $verified", async ({ change, verified }) => {
    // An algorithm of its own may not be what the JWK is for, so alg is left to the header here.
    const { alg: _alg, ...jwk } = publicJwk(await keys.published());
    const jwks = createLocalJWKSet({ keys: [{ kty: "RSA", ...jwk }] });
    const jwt = await mintIdToken(emission(change), idTokenOrder, keys);
    const outcome = await jwtVerify(jwt, jwks, { currentDate: new Date(NOW * 1000) }).then(
      () => true,
      () => false,
    );
    expect(outcome).toBe(verified);
  });

  test("HS256 is keyed with the text of the public key", async () => {
    const patch: Emission["patch"] = [{ op: "set", path: "/idToken/header/alg", value: "HS256" }];
    const [header, payload, signature] = (await mintIdToken(emission({ patch }), idTokenOrder, keys)).split(
      ".",
    );
    const pem = (await keys.published()).publicKey.export({ type: "spki", format: "pem" });
    expect(signature).toBe(createHmac("sha256", pem).update(`${header}.${payload}`).digest("base64url"));
  });

  test("a patch that leaves no token is refused", async () => {
    const patch: Emission["patch"] = [{ op: "remove", path: "/idToken" }];
    await expect(mintIdToken(emission({ patch }), idTokenOrder, keys)).rejects.toThrow("leave no token");
  });
});
