import { SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeEmissionKeys, publicJwk } from "../../../../harness/emission/keys/keys.ts";
import {
  eamParameters,
  hintClaims,
  postFields,
  signHint,
  signInAtProvider,
} from "../../../../harness/entra/eam-client.ts";
import type { EntraStandIn } from "../../../../harness/idp/eam/stand-in.ts";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { serve } from "../../transport/serve.ts";
import { endpointOf, orderOf, REDIRECT_URI, secondFactor, standIn } from "./requests.ts";

let idp: MockIdp;

beforeAll(async () => {
  idp = await startIdp();
});

afterAll(async () => await idp.stop());

const NOW = Math.floor(Date.now() / 1000);
const CHOSEN = { emission: "eam-password-and-otp", action: "sign-in" };

describe("a redirect URI that cannot be trusted hears nothing", () => {
  test.each([
    ["elsewhere", { redirect_uri: "https://evil.example/externalauthprovider" }],
    [
      "Entra's with more behind it",
      { redirect_uri: "https://login.microsoftonline.com/common/federation/externalauthprovider/x" },
    ],
    ["a host that begins like this machine", { redirect_uri: "http://127.0.0.1.evil.example/" }],
    ["a script", { redirect_uri: "javascript:alert(1)" }],
    ["none", { redirect_uri: undefined }],
    ["an unknown client", { client_id: "somebody" }],
    ["no client", { client_id: undefined }],
  ])("%s", async (_what, change) => {
    expect(await secondFactor(idp, change)).toMatchObject({ status: 400, form: undefined });
    expect(idp.journal().at(-1)?.path).toBe("/eam/authorize");
  });

  test("neither does one that the sign-in form was forged with", async () => {
    const parameters = await eamParameters(standIn(idp), orderOf());
    const forged = { ...parameters, ...CHOSEN, redirect_uri: "https://evil.example/" };
    const page = await postFields(`${idp.trust.eamIssuer}/sign-in`, forged);
    expect(page).toMatchObject({ status: 400, form: undefined });
  });
});

describe("anything else wrong is posted back with the state", () => {
  test.each([
    ["cancelled", {}, { action: "cancel" }, "access_denied"],
    ["no factor of the requested kind", { claims: claims(["knowledge"]) }, {}, "access_denied"],
    ["only methods that nobody has", { claims: claims(["possession"], ["mfa"]) }, {}, "access_denied"],
    ["a code is wanted", { response_type: "code" }, {}, "unsupported_response_type"],
    ["no openid", { scope: "profile" }, {}, "invalid_scope"],
    ["the answer in a query", { response_mode: "query" }, {}, "invalid_request"],
    ["no response mode", { response_mode: undefined }, {}, "invalid_request"],
    ["no nonce", { nonce: undefined }, {}, "invalid_request"],
    ["no hint", { id_token_hint: undefined }, {}, "invalid_request"],
    ["no claims", { claims: undefined }, {}, "invalid_request"],
    ["claims that are no JSON", { claims: "{" }, {}, "invalid_request"],
    ["claims that are no object", { claims: "7" }, {}, "invalid_request"],
    ["claims without acr", { claims: '{"id_token":{"amr":{"values":["otp"]}}}' }, {}, "invalid_request"],
    ["claims with an empty acr", { claims: claims([]) }, {}, "invalid_request"],
    ["a deep claims request", { claims: "[".repeat(10_000) }, {}, "invalid_request"],
  ])("%s", async (_what, change, entered, error) => {
    const { form } = await secondFactor(idp, change, entered);
    expect(form).toMatchObject({ kind: "post", action: REDIRECT_URI });
    expect(form?.fields).toEqual({
      error,
      error_description: form?.fields["error_description"],
      state: "s-1",
    });
    expect(form?.fields["error_description"]).toMatch(/^[\x20-\x7e]+$/);
  });

  test("without a state none goes back", async () => {
    const { form } = await secondFactor(idp, { state: undefined, scope: "" });
    expect(Object.keys(form?.fields ?? {})).toEqual(["error", "error_description"]);
  });
});

describe("the hint", () => {
  const expired = { exp: NOW - 100_000, iat: NOW - 99_999, nbf: NOW - 99_999 };

  test.each([
    ["expired for a day", expired, "id_token"],
    ["a home address of a guest", { preferred_username: "guest@elsewhere.example" }, "id_token"],
    ["no name", { preferred_username: undefined, name: undefined }, "id_token"],
    ["another audience", { aud: "another" }, "error"],
    ["an array of audiences", { aud: ["mfa-harness"] }, "error"],
    ["another issuer", { iss: "https://evil.example/" }, "error"],
    ["the issuer of another tenant", { tid: "99999999-2222-3333-4444-555555555555" }, "error"],
    [
      "a tenant that is none",
      { tid: "{tenantid}", iss: "https://login.microsoftonline.com/{tenantid}/v2.0" },
      "error",
    ],
    ["no subject", { sub: undefined }, "error"],
    ["an empty subject", { sub: "" }, "error"],
    ["no object id", { oid: undefined }, "error"],
    ["a token of version 1.0", { ver: "1.0" }, "error"],
    ["from an hour ahead", { iat: NOW + 3600, nbf: NOW + 3600 }, "error"],
    ["times that are text", { exp: "soon" }, "error"],
  ])("%s → %s", async (_what, change, answered) => {
    const entra = standIn(idp);
    const wanted = { ...hintClaims(entra, orderOf().user, NOW), ...change };
    const hint = await signHint(entra, wanted);
    const { form } = await secondFactor(idp, { id_token_hint: hint });
    expect(Object.keys(form?.fields ?? {})[0]).toBe(answered);
  });

  test.each([
    ["text", "text"],
    ["three empty parts", ".."],
    ["alg none", `${encoded({ alg: "none" })}.${encoded({ sub: "s" })}.`],
    ["no JSON inside a header", `${Buffer.from("{").toString("base64url")}.e30.AA`],
  ])("%s is refused", async (_what, hint) => {
    const { form } = await secondFactor(idp, { id_token_hint: hint });
    expect(form?.fields["error"]).toBe("invalid_request");
  });

  test("signed by anybody else, with the text of the public key or not by RS256, is refused", async () => {
    const entra = standIn(idp);
    const stranger = await makeEmissionKeys().published();
    const { kid, publicKey, privateKey } = await entra.key();
    const wanted = hintClaims(entra, orderOf().user, NOW);
    const secret = Buffer.from(publicKey.export({ type: "spki", format: "pem" }).toString());
    const hints = [
      await new SignJWT(wanted).setProtectedHeader({ alg: "RS256", kid }).sign(stranger.privateKey),
      await new SignJWT(wanted)
        .setProtectedHeader({
          alg: "RS256",
          kid: stranger.kid,
          jwk: stranger.publicKey.export({ format: "jwk" }),
        })
        .sign(stranger.privateKey),
      await new SignJWT(wanted).setProtectedHeader({ alg: "HS256", kid }).sign(secret),
      await new SignJWT(wanted).setProtectedHeader({ alg: "PS256", kid }).sign(privateKey),
    ];
    for (const hint of hints) {
      const { form } = await secondFactor(idp, { id_token_hint: hint });
      expect(form?.fields["error"]).toBe("invalid_request");
    }
  });
});

describe("the real Entra, or whoever is configured as it", () => {
  test("given as keys, it is believed, and there is no stand-in", async () => {
    const entra = await stranger();
    const jwks = { keys: [publicJwk(await entra.key())] };
    await using provider = await startIdp({ eam: { clientId: entra.clientId, entra: { jwks } } });
    expect(provider.entra).toBeUndefined();
    expect((await signIn(provider, entra)).form?.fields).toHaveProperty("id_token");
    const other = { ...entra, key: makeEmissionKeys().published };
    expect((await signIn(provider, other)).form?.fields["error"]).toBe("invalid_request");
  });

  test("found by its metadata, it is believed; while that cannot be had, the provider asks to come again", async () => {
    const entra = await stranger();
    const jwks = JSON.stringify({ keys: [publicJwk(await entra.key())] });
    let up = false;
    await using server = await serve((request, response) => {
      const issuer = "https://login.microsoftonline.com/{tenantid}/v2.0";
      const metadata = JSON.stringify({ issuer, jwks_uri: `http://${request.headers.host}/keys` });
      response.statusCode = up ? 200 : 503;
      response.end(request.url === "/keys" ? jwks : metadata);
    });
    const metadataUrl = `${server.origin}/common/v2.0/.well-known/openid-configuration`;
    await using provider = await startIdp({ eam: { clientId: entra.clientId, entra: { metadataUrl } } });
    expect((await signIn(provider, entra)).form?.fields["error"]).toBe("temporarily_unavailable");
    up = true;
    expect((await signIn(provider, entra)).form?.fields).toHaveProperty("id_token");
  });

  test("keys that are none are told to whoever configured them", async () => {
    const entra = await stranger();
    const eam = { clientId: entra.clientId, entra: { jwks: { keys: [{}] } } };
    await using provider = await startIdp({ eam });
    const page = await signIn(provider, entra);
    expect(page).toMatchObject({ status: 500, form: undefined });
    expect(page.html).toContain("no JWK Set");
  });

  test("an application id may be the audience, a further redirect URI takes the answer", async () => {
    const redirectUri = "https://entra.example/external";
    await using provider = await startIdp({ eam: { appId: "app-1", redirectUris: [redirectUri] } });
    const entra = standIn(provider);
    const hint = await signHint(entra, { ...hintClaims(entra, orderOf().user, NOW), aud: "app-1" });
    const { form } = await secondFactor(provider, { id_token_hint: hint, redirect_uri: redirectUri });
    expect(form).toMatchObject({ action: redirectUri, fields: { state: "s-1" } });
    expect(form?.fields).toHaveProperty("id_token");
  });
});

describe("hostile forms get a plain page, and the next person is served", () => {
  test.each([
    ["an unknown choice", { emission: "constructor" }],
    ["a choice of another channel", { emission: "oidc-password-only" }],
    ["an unknown action", { action: "approve" }],
    ["a megabyte", { pad: "x".repeat(1_000_000) }],
  ])("%s", async (_what, entered) => {
    expect(await secondFactor(idp, {}, entered)).toMatchObject({ status: 400, form: undefined });
    expect((await secondFactor(idp)).form?.fields).toHaveProperty("id_token");
  });

  test("a parameter given twice is no parameter", async () => {
    const fields = new URLSearchParams(await eamParameters(standIn(idp), orderOf()));
    fields.append("nonce", "n-2");
    const page = await (await fetch(await endpointOf(idp), { method: "POST", body: fields })).text();
    expect(page).toContain('value="invalid_request"');
  });

  test("no form at all", async () => {
    const response = await fetch(await endpointOf(idp), { method: "POST" });
    expect(response.status).toBe(400);
  });
});

function claims(acr: readonly string[], amr?: readonly string[]): string {
  const asked = { acr: { values: acr }, ...(amr === undefined ? {} : { amr: { values: amr } }) };
  return JSON.stringify({ id_token: asked });
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

async function stranger(): Promise<EntraStandIn> {
  return { ...standIn(idp), clientId: "given-to-entra", key: makeEmissionKeys().published };
}

async function signIn(provider: MockIdp, entra: EntraStandIn) {
  const endpoint = await endpointOf(provider);
  return await signInAtProvider(endpoint, await eamParameters(entra, orderOf()), CHOSEN);
}
