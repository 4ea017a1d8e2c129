import { decodeJwt, type JWTPayload } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { eamParameters, postFields } from "../../../../harness/entra/eam-client.ts";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { endpointOf, orderOf, standIn } from "../eam/requests.ts";
import { emissionOf, PORTAL, redeem } from "../relying-party.ts";
import { authnRequest, deflated } from "../saml/requests.ts";
import { makeUserAgent, type UserAgent, type Visit } from "../user-agent.ts";

let idp: MockIdp;

beforeAll(async () => {
  idp = await startIdp({ relyingParties: [PORTAL], signIn: "automatic" });
});

beforeEach(() => idp.reset());

afterAll(async () => await idp.stop());

const DEFAULT_USER = "agent@partner.example";
const REDIRECT_URI = PORTAL.redirectUris[0];

const OIDC = {
  client_id: PORTAL.clientId,
  redirect_uri: REDIRECT_URI,
  response_type: "code",
  scope: "openid",
};
const WSFED = { wa: "wsignin1.0", wtrealm: "urn:app", wreply: "http://127.0.0.1:9/app" };

async function visit(
  path: string,
  parameters: Readonly<Record<string, string>>,
  agent: UserAgent = makeUserAgent(idp.origin),
): Promise<Visit> {
  return await agent.get(`${idp.origin}/${path}?${new URLSearchParams(parameters)}`);
}

async function idTokenAt({ url }: Visit): Promise<JWTPayload> {
  const code = new URL(url).searchParams.get("code") ?? "";
  const tokens = await redeem(idp, { grant_type: "authorization_code", code, redirect_uri: REDIRECT_URI });
  return decodeJwt(String(tokens["id_token"]));
}

describe("OpenID Connect", () => {
  test.each([
    { asked: {}, sub: DEFAULT_USER },
    { asked: { login_hint: "kim@partner.example" }, sub: "kim@partner.example" },
    { asked: { prompt: "login" }, sub: DEFAULT_USER },
    { asked: { max_age: "0" }, sub: DEFAULT_USER },
    { asked: { prompt: "consent select_account" }, sub: DEFAULT_USER },
  ])("$asked signs $sub in by one request", async ({ asked, sub }) => {
    idp.clearJournal();
    const back = await visit("oidc/auth", { ...OIDC, ...asked });
    expect(idp.journal().map(({ path, status }) => [path, status])).toEqual([["/oidc/auth", 303]]);
    expect(await idTokenAt(back)).toMatchObject({ sub, amr: ["pwd", "otp", "mfa"] });
  });

  test("what is in use is said", async () => {
    await idp.use(emissionOf({ profile: "password-only" }));
    expect(await idTokenAt(await visit("oidc/auth", OIDC))).toMatchObject({ amr: ["pwd"] });
    expect(idp.issued("use-oidc")).toMatchObject([{ performed: { user: DEFAULT_USER, methods: [] } }]);
  });

  test("an issuer of an emission's own says that emission", async () => {
    const choice = idp.offer(emissionOf({ profile: "password-only" }), "offered by a test");
    const back = await visit(`fault/${choice}/oidc/auth`, OIDC);
    expect(new URL(back.url).searchParams.get("iss")).toBe(`${idp.origin}/fault/${choice}/oidc`);
    expect(idp.journal().at(-1)).toMatchObject({ path: `/fault/${choice}/oidc/auth`, status: 303 });
  });

  test("prompt=none needs a session, which a sign-in leaves", async () => {
    const agent = makeUserAgent(idp.origin);
    const none = { ...OIDC, prompt: "none" };
    expect((await visit("oidc/auth", none, agent)).url).toContain("error=login_required");
    await visit("oidc/auth", { ...OIDC, login_hint: "kim" }, agent);
    expect(await idTokenAt(await visit("oidc/auth", none, agent))).toMatchObject({ sub: "kim" });
  });

  test("another user is signed in where one is, when the request says so", async () => {
    const agent = makeUserAgent(idp.origin);
    await visit("oidc/auth", { ...OIDC, login_hint: "kim" }, agent);
    const other = { ...OIDC, login_hint: "lee", prompt: "login" };
    expect(await idTokenAt(await visit("oidc/auth", other, agent))).toMatchObject({ sub: "lee" });
  });

  test("a class that is not given is refused, not asked for again and again", async () => {
    await idp.use(emissionOf({ profile: "password-only" }));
    const claims = JSON.stringify({ id_token: { acr: { essential: true, value: "urn:none" } } });
    const { url } = await visit("oidc/auth", { ...OIDC, claims });
    expect(url).toContain("error=unmet_authentication_requirements");
  });

  test("a user who cannot be one gets the reason", async () => {
    const { status, html } = await visit("oidc/auth", { ...OIDC, login_hint: "k".repeat(300) });
    expect({ status, says: html.includes("lacks a usable user") }).toEqual({ status: 400, says: true });
  });
});

describe("SAML 2.0", () => {
  const PASSIVE = `AssertionConsumerServiceURL="http://127.0.0.1:9/acs" IsPassive="true"`;

  test.each([
    { what: "a request", asked: authnRequest(), says: /<saml:NameID[^>]*>agent@partner\.example</ },
    { what: "a passive request", asked: authnRequest(PASSIVE), says: /status:NoPassive/ },
  ])("$what is answered at once", async ({ asked, says }) => {
    const { page } = await visit("saml/sso", { SAMLRequest: deflated(asked) });
    const answer = page.querySelector("[name=SAMLResponse]")?.getAttribute("value") ?? "";
    expect(Buffer.from(answer, "base64").toString()).toMatch(says);
  });
});

test.each([
  { asked: {}, user: DEFAULT_USER },
  { asked: { username: "kim@partner.example" }, user: "kim@partner.example" },
])("WS-Federation with $asked signs $user in at once", async ({ asked, user }) => {
  const { page } = await visit("wsfed", { ...WSFED, ...asked });
  expect(page.querySelector("[name=wresult]")?.getAttribute("value")).toContain(user);
});

test("an external method is done at once, for the user of the hint", async () => {
  const parameters = await eamParameters(standIn(idp), orderOf());
  const page = await postFields(await endpointOf(idp), parameters);
  expect(page.form?.fields["id_token"]).toMatch(/^ey/);
  expect(decodeJwt(page.form?.fields["id_token"] ?? "")).toMatchObject({ sub: "pairwise-1", nonce: "n-1" });
});
