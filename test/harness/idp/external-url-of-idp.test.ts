import * as client from "openid-client";
import { describe, expect, test } from "vitest";
import type { MockIdp } from "../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { emissionOf, authorize, discover, PORTAL } from "./relying-party.ts";
import { type ProxyHabits, startReverseProxy } from "./reverse-proxy.ts";
import { callApi } from "./api/client.ts";
import { makeSamlAgent } from "./saml/agent.ts";
import { authnRequest, deflated } from "./saml/requests.ts";
import { responseXml } from "./saml/sign-in.ts";
import { makeUserAgent } from "./user-agent.ts";

const ENTRY = { id: "mine", title: "Mine", emission: emissionOf({ profile: "password-only" }) };
const OPTIONS = { relyingParties: [PORTAL], catalogue: [ENTRY] };

/** Every URL of the IdP that its documents name, issuers among them. */
async function publishedUrls(base: string): Promise<readonly string[]> {
  const paths = [
    "/oidc/.well-known/openid-configuration",
    "/saml/metadata",
    "/wsfed/metadata",
    "/eam/.well-known/openid-configuration",
    "/",
  ];
  const documents = await Promise.all(
    paths.map(async (path) => await (await fetch(`${base}${path}`)).text()),
  );
  const urls = documents.flatMap((document) => [...document.matchAll(/https?:\/\/[^"<>\s]+/g)]);
  return urls
    .map(([url]) => url)
    .filter((url) => !/^http:\/\/(www|schemas|docs)\.|^https:\/\/refeds\.org/.test(url));
}

const HABITS: readonly (ProxyHabits & { readonly proxy: string })[] = [
  { proxy: "takes the prefix off", strips: "/base", headers: {} },
  { proxy: "leaves the prefix", strips: "", headers: {} },
  {
    proxy: "passes on what a client says of hosts",
    strips: "/base",
    headers: {
      "x-forwarded-host": "evil.example",
      "x-forwarded-proto": "https",
      forwarded: "host=evil.example",
    },
  },
  { proxy: "passes on the host that was asked for", strips: "/base", headers: { host: "evil.example" } },
];

describe.each(HABITS)("behind a proxy that $proxy", (habits) => {
  const behind = async (use: (idp: MockIdp, base: string) => Promise<void>): Promise<void> => {
    await using proxy = await startReverseProxy(habits);
    const base = `${proxy.origin}/base`;
    await using idp = await startIdp({ ...OPTIONS, externalUrl: `${base}/` });
    proxy.sendTo(idp.port);
    await use(idp, base);
  };

  test("every document names the external URL, those of an issuer of its own too", async () => {
    await behind(async (idp, base) => {
      expect(idp.origin).toBe(base);
      expect(idp.trust).toMatchObject({ oidcIssuer: `${base}/oidc`, eamIssuer: `${base}/eam` });
      for (const place of [base, `${base}/fault/mine`]) {
        const urls = await publishedUrls(place);
        expect(urls.length).toBeGreaterThan(20);
        expect(urls.filter((url) => !url.startsWith(`${base}/`))).toEqual([]);
      }
    });
  });

  test("a code flow with openid-client, whose cookies go nowhere but to the IdP", async () => {
    await behind(async (idp, base) => {
      const portal = await discover(idp);
      const agent = makeUserAgent(idp.origin);
      const { url } = await authorize(idp, portal, { agent });
      const tokens = await client.authorizationCodeGrant(portal, new URL(url));
      expect(tokens.claims()?.iss).toBe(`${base}/oidc`);
      const request = { redirect_uri: PORTAL.redirectUris[0], prompt: "login" };
      const cookie = [...agent.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const { headers } = await fetch(client.buildAuthorizationUrl(portal, request), {
        redirect: "manual",
        headers: { cookie },
      });
      const paths = headers.getSetCookie().map((line) => /; path=([^;]+)/i.exec(line)?.[1] ?? "");
      expect(new Set(paths.map((path) => path.split("/").slice(0, 4).join("/")))).toEqual(
        new Set(["/base/oidc", "/base/oidc/auth", "/base/oidc/sign-in"]),
      );
    });
  });

  test("a SAML sign-in, and the session that it leaves", async () => {
    await behind(async (idp, base) => {
      const agent = makeSamlAgent();
      const query = new URLSearchParams({ SAMLRequest: deflated(authnRequest()) });
      const asked = await agent.open(`${base}/saml/sso?${query}`);
      expect(asked.form?.action).toBe(`${base}/saml/sign-in`);
      const answered = await agent.signIn(asked);
      expect(responseXml(answered)).toContain(`>${base}/saml/metadata</saml:Issuer>`);
      expect(responseXml(await agent.open(`${base}/saml/sso?${query}`))).toContain("<saml:Assertion");
      expect(idp.journal().map(({ path }) => path)).toContain("/saml/sso");
    });
  });
});

test("an issuer behind https says https and keeps its cookies from http", async () => {
  await using idp = await startIdp({ ...OPTIONS, externalUrl: "https://idp.example.test/base" });
  const local = `http://127.0.0.1:${idp.port}`;
  const urls = await publishedUrls(local);
  expect(urls.filter((url) => !url.startsWith("https://idp.example.test/base/"))).toEqual([]);
  const query = new URLSearchParams({
    client_id: PORTAL.clientId,
    redirect_uri: PORTAL.redirectUris[0],
    response_type: "code",
    scope: "openid",
  });
  const shown = await fetch(`${local}/oidc/auth?${query}`);
  expect(await shown.text()).toContain('action="https://idp.example.test/base/oidc/sign-in/');
  const { headers } = shown;
  expect(headers.getSetCookie().filter((line) => !/; secure/i.test(line))).toEqual([]);
  expect(headers.getSetCookie().length).toBeGreaterThan(0);
});

test("keys that a token leads to are shown below the external URL", async () => {
  await using idp = await startIdp({ externalUrl: "https://idp.example.test/base" });
  const { artifact } = await idp.issue(
    emissionOf({ patch: [{ op: "fill", path: "/idToken/header/jku", keys: ["stranger"], as: "jwks-url" }] }),
    { user: "u", audience: "a" },
  );
  const header = Buffer.from(artifact.split(".")[0] ?? "", "base64url").toString();
  expect(header).toContain('"jku":"https://idp.example.test/base/keys/stranger/jwks.json"');
});

test.each([
  { options: { host: "127.0.0.1" }, token: false },
  { options: { host: "::1" }, token: false },
  { options: { host: "0.0.0.0" }, token: true },
  { options: { externalUrl: "http://localhost:1" }, token: false },
  { options: { externalUrl: "https://idp.example.test" }, token: true },
])("$options: a token for the live API is made up: $token", async ({ options, token }) => {
  await using idp = await startIdp(options);
  expect(idp.apiToken !== undefined).toBe(token);
  if (options.host === "::1") return;
  const bearer = { authorization: `Bearer ${idp.apiToken ?? ""}` };
  expect((await callApi(idp, "GET", "/clock")).status).toBe(token ? 401 : 200);
  expect((await callApi(idp, "GET", "/clock", { headers: { authorization: "Bearer x" } })).status).toBe(
    token ? 401 : 200,
  );
  expect((await callApi(idp, "GET", "/clock", { headers: bearer })).status).toBe(200);
  expect((await callApi(idp, "GET", "/health")).status).toBe(200);
});

test.each([
  {
    options: { externalUrl: "http://idp.example.test" },
    message: "it is http, which is for this machine only",
  },
  { options: { host: "nowhere at all" }, message: '"nowhere at all" is no address to listen on' },
  {
    options: { https: true, externalUrl: "http://localhost:8400" },
    message: "the external URL http://localhost:8400 is http although the server talks https",
  },
  { options: { api: { token: "" } }, message: "the token of the live API is empty" },
])("$message", async ({ options, message }) => {
  const said: unknown = expect.stringContaining(message);
  await expect(startIdp(options)).rejects.toMatchObject({ code: "ERR_USAGE", message: said });
});
