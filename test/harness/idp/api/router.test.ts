import { createPublicKey, verify } from "node:crypto";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { API_SCHEMAS } from "../../../../harness/idp/api/schemas.ts";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { callApi, type ApiAnswer, type ApiCall } from "./client.ts";
import { authorize, discover, emissionOf, PORTAL, redeem, signIn } from "../relying-party.ts";

const NO_MFA = { channel: "oidc", profile: "password-only" } as const;
const CATALOGUE = [
  {
    id: "no-mfa",
    title: "No MFA",
    emission: emissionOf({ profile: "password-only" }),
    severity: "high",
    covers: ["oidc-rp/O01"],
  },
  { id: "saml-control", title: "MFA", emission: emissionOf({ channel: "saml" }) },
];
const EAM_ASKED = { subject: "sub", acrValues: ["possessionorinherence"], amrValues: ["otp"] };

let idp: MockIdp;
const call = async (method: string, path: string, wish: ApiCall = {}): Promise<ApiAnswer> =>
  await callApi(idp, method, path, wish);

beforeAll(async () => {
  idp = await startIdp({ relyingParties: [PORTAL], catalogue: CATALOGUE });
});
afterAll(async () => await idp.stop());
beforeEach(() => {
  idp.reset();
  idp.clearJournal();
});

function bytes(artifact: string, segment: number): string {
  return Buffer.from(artifact.split(".")[segment] ?? "", "base64url").toString();
}

function isSigned(artifact: string): boolean {
  const [header, payload, signature = ""] = artifact.split(".");
  const key = createPublicKey({ key: { ...idp.trust.jwks.keys[0] }, format: "jwk" });
  return verify("sha256", Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, "base64url"));
}

/** The ID token of a sign-in with the emission in use; nothing reads it, as it may be none. */
async function idTokenOfSignIn(): Promise<string> {
  const { url } = await authorize(idp, await discover(idp), {});
  const code = new URL(url).searchParams.get("code") ?? "";
  const redirectUri = PORTAL.redirectUris[0];
  const tokens = await redeem(idp, { grant_type: "authorization_code", code, redirect_uri: redirectUri });
  return typeof tokens["id_token"] === "string" ? tokens["id_token"] : "";
}

describe("emissions", () => {
  test.each([
    { method: "PUT", path: "/emission", body: NO_MFA, inUse: { emission: emissionOf(NO_MFA) } },
    {
      method: "PUT",
      path: "/emission",
      body: { scenario: "no-mfa" },
      inUse: { emission: emissionOf(NO_MFA), scenario: "no-mfa" },
    },
    {
      method: "POST",
      path: "/use/no-mfa",
      inUse: { emission: emissionOf(NO_MFA), scenario: "no-mfa" },
    },
  ])("$method $path $body makes sign-ins say it until it is reset", async ({ method, path, body, inUse }) => {
    const before = await call("GET", "/emission");
    expect(before).toMatchObject({ status: 200, body: { oidc: { choice: "oidc-password-and-otp" } } });
    const answer = await call(method, path, { body });
    expect(answer).toMatchObject({ status: 200, body: { oidc: { choice: "use-oidc", ...inUse } } });
    expect(API_SCHEMAS.InUse.parse(answer.body)).toEqual(idp.inUse());
    expect(decodeJwt(await idTokenOfSignIn())).toMatchObject({ amr: ["pwd"] });
    expect(await call("POST", "/reset")).toMatchObject({ status: 204, body: "" });
    expect((await call("GET", "/emission")).body).toEqual(before.body);
    await call(method, path, { body });
    expect(await call("DELETE", "/emission")).toMatchObject({ status: 204 });
    expect((await call("GET", "/emission")).body).toEqual(before.body);
  });

  test("one for each channel", async () => {
    await call("PUT", "/emission", { body: NO_MFA });
    await call("POST", "/use/saml-control");
    const { oidc, saml, wsfed } = idp.inUse();
    expect([oidc?.choice, saml?.scenario, wsfed?.choice]).toEqual([
      "use-oidc",
      "saml-control",
      "wsfed-password-and-otp",
    ]);
  });

  test.each([
    { path: "/idToken/claims", text: '{"sub":"a","amr":["pwd"],"amr":["mfa"],"n":1e400}', segment: 1 },
    { path: "/idToken/claims", text: "no JSON at all \u{1F510}", segment: 1 },
    { path: "/idToken/header", text: '{ "alg":"RS256",\n"alg":"none" }', segment: 0 },
  ])("raw text at $path goes out as it is, signed: $text", async ({ path, text, segment }) => {
    await call("PUT", "/emission", { body: { ...NO_MFA, patch: [{ op: "raw", path, text }] } });
    const idToken = await idTokenOfSignIn();
    expect(bytes(idToken, segment)).toBe(text);
    expect(isSigned(idToken)).toBe(true);
  });
});

describe("offers", () => {
  test("are chosen by their id, and what was issued under them is listed until they are removed", async () => {
    const added = await call("POST", "/offers", { body: { emission: NO_MFA, title: "<b>No MFA</b>" } });
    expect(added.status).toBe(201);
    const { choice } = API_SCHEMAS.Offered.parse(added.body);
    const listed = API_SCHEMAS.Offers.parse((await call("GET", "/offers")).body);
    expect(listed.find((offer) => offer.choice === choice)).toEqual({
      choice,
      title: "<b>No MFA</b>",
      channel: "oidc",
    });
    const { idToken } = await signIn(idp, await discover(idp), { choice });
    const issued = await call("GET", `/issued?choice=${choice}`);
    const list = API_SCHEMAS.IssuedList.parse(issued.body);
    expect(list).toMatchObject(
      [{ channel: "oidc", artifact: idToken, audience: "portal" }, {}].slice(0, list.length),
    );
    const own = await fetch(`${idp.origin}/fault/${choice}/oidc/.well-known/openid-configuration`);
    expect(own.status).toBe(200);
    expect(await call("DELETE", `/offers/${choice}`)).toMatchObject({ status: 204 });
    expect((await call("GET", `/issued?choice=${choice}`)).status).toBe(404);
    expect((await call("DELETE", `/offers/${choice}`)).status).toBe(404);
  });

  test("of a scenario", async () => {
    const { body } = await call("POST", "/offers", { body: { scenario: "no-mfa", title: "again" } });
    const { choice } = API_SCHEMAS.Offered.parse(body);
    expect(idp.offers().find(({ id }) => id === choice)?.emission).toEqual(emissionOf(NO_MFA));
    idp.withdraw(choice);
  });
});

describe("issue", () => {
  test.each([
    { emission: NO_MFA, more: { nonce: "n" } },
    { emission: { channel: "partner-api", profile: "password-only" }, more: {} },
    {
      emission: { channel: "saml", profile: "password-only" },
      more: { requestId: "_1", assertionConsumerService: "http://127.0.0.1:9/" },
    },
    { emission: { channel: "wsfed", profile: "password-only" }, more: {} },
    { emission: { channel: "eam", profile: "password-and-otp" }, more: { nonce: "n", eam: EAM_ASKED } },
  ])("$emission.channel, without a sign-in", async ({ emission, more }) => {
    const body = { emission, user: "agent@partner.example", audience: "urn:x", now: 1000, ...more };
    const answer = await call("POST", "/issue", { body });
    expect(answer.status).toBe(200);
    const { artifact, ...issued } = API_SCHEMAS.Issued.parse(answer.body);
    expect(issued).toEqual({
      channel: emission.channel,
      user: body.user,
      audience: "urn:x",
      ...more,
      at: 1000,
    });
    expect(artifact.length).toBeGreaterThan(100);
  });

  test("for a scenario, by the clock of the IdP, with the very text asked for", async () => {
    const scenario = await call("POST", "/issue", { body: { scenario: "no-mfa", user: "u", audience: "a" } });
    const { artifact, at } = API_SCHEMAS.Issued.parse(scenario.body);
    expect(decodeJwt(artifact)).toMatchObject({ amr: ["pwd"], iat: at });
    const patch = [{ op: "raw", path: "/idToken/claims", text: "[]" }];
    const raw = await call("POST", "/issue", {
      body: { emission: { ...NO_MFA, patch }, user: "u", audience: "a" },
    });
    const token = API_SCHEMAS.Issued.parse(raw.body).artifact;
    expect([bytes(token, 1), isSigned(token)]).toEqual(["[]", true]);
  });
});

test("the catalogue says where each scenario has an issuer of its own", async () => {
  const [first] = API_SCHEMAS.Catalogue.parse((await call("GET", "/catalogue")).body);
  const { urls, ...entry } = first ?? { urls: {} };
  expect(entry).toEqual({
    id: "no-mfa",
    title: "No MFA",
    channel: "oidc",
    severity: "high",
    covers: ["oidc-rp/O01"],
  });
  const answers = await Promise.all(Object.values(urls).map(async (url) => (await fetch(url)).status));
  expect(answers).toEqual([200, 200, 200, 200]);
});

test("the journal is the one that a program sees", async () => {
  await call("GET", "/emission");
  const { body } = await call("GET", "/journal");
  expect(API_SCHEMAS.Journal.parse(body)).toEqual(idp.journal().slice(0, 1));
  expect(idp.journal().map(({ path }) => path)).toEqual(["/_harness/emission", "/_harness/journal"]);
  await call("DELETE", "/journal");
  expect(idp.journal().map(({ method }) => method)).toEqual(["DELETE"]);
});
