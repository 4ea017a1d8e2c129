import * as client from "openid-client";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { authorize, discover, PORTAL, refresh, signIn } from "../relying-party.ts";
import { makeUserAgent } from "../user-agent.ts";

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
    { what: "no redirect URI", query: "client_id=nobody", says: "redirect_uri" },
    { what: "no relying party", query: "client_id=", says: "client_id" },
    { what: "a name that is none", query: "client_id=%00", says: "invalid_client" },
    {
      what: "a redirect URI that is not registered",
      query: "client_id=portal&redirect_uri=http://x.example/",
      says: "invalid_redirect_uri",
    },
    {
      what: "hostile text",
      query: "client_id=%3Cscript%3E&redirect_uri=%3Cscript%3Ex",
      says: "redirect_uri",
    },
  ])("$what gets a page that loads nothing and runs nothing", async ({ query, says }) => {
    const agent = makeUserAgent(idp.origin);
    const visit = await agent.get(`${idp.origin}/oidc/auth?response_type=code&scope=openid&${query}`);
    expect(visit.status).toBe(400);
    expect(visit.html).toContain(says);
    expect(visit.html).not.toMatch(/<script|<link|@import|stack/i);
  });

  test.each(["oidc-nothing", "saml-password-and-otp", "<script>alert(1)</script>"])(
    "choice %s is refused on an OIDC page",
    async (choice) => {
      const visit = await authorize(idp, portal, { choice });
      expect(visit.status).toBe(400);
      expect(visit.url).toContain("/oidc/sign-in/");
      expect(visit.html).not.toContain("<script");
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
