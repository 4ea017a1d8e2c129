import { parse } from "node-html-parser";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { MockIdp } from "../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { PORTAL } from "./relying-party.ts";

let idp: MockIdp;

beforeAll(async () => {
  idp = await startIdp({ relyingParties: [PORTAL] });
});

afterAll(async () => {
  await idp.stop();
});

const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

async function open(url: string, accept = BROWSER): Promise<Response> {
  return await fetch(url, { headers: { accept }, redirect: "manual" });
}

test.each(["", "/fault/oidc-password-only"])(
  "every link of the page at %s/ leads somewhere",
  async (base) => {
    const index = parse(await (await open(`${idp.origin}${base}/`)).text());
    const links = index.querySelectorAll("a").map((link) => link.getAttribute("href") ?? "");
    expect(links).toContain(`${idp.origin}${base}/oidc`);
    const answers = await Promise.all(links.map(async (link) => [link, (await open(link)).status]));
    expect(answers).toEqual(links.map((link) => [link, 200]));
  },
);

test("the issuer is a page with its name and its documents", async () => {
  const answer = await open(`${idp.origin}/oidc`);
  expect(answer.headers.get("content-type")).toContain("text/html");
  const page = parse(await answer.text());
  expect(page.querySelector("code")?.text).toBe(idp.trust.oidcIssuer);
  expect(page.querySelectorAll("a").map((link) => link.getAttribute("href"))).toEqual([
    `${idp.trust.oidcIssuer}/.well-known/openid-configuration`,
    `${idp.trust.oidcIssuer}/jwks`,
  ]);
});

test.each([
  { accept: BROWSER, type: "text/html", says: "up: it can sign" },
  { accept: "*/*", type: "application/json", says: '{"status":"up"}' },
  { accept: "application/json", type: "application/json", says: '{"status":"up"}' },
])("health for $accept is $type", async ({ accept, type, says }) => {
  const answer = await open(`${idp.origin}/_harness/health`, accept);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, expect.stringContaining(type)]);
  expect(await answer.text()).toContain(says);
});

test.each([
  {
    path: "/oidc/session/end?client_id=portal&post_logout_redirect_uri=http://127.0.0.1:9/other",
    word: "postLogoutRedirectUris",
  },
  {
    path: "/oidc/auth?client_id=portal&response_type=code&scope=openid&redirect_uri=http://127.0.0.1:9/other",
    word: "redirectUris",
  },
])("an address that is not registered: the page names $word", async ({ path, word }) => {
  const answer = await open(`${idp.origin}${path}`);
  const text = await answer.text();
  expect(answer.status).toBe(400);
  expect(text).toContain("<dd>http://127.0.0.1:9/other</dd>");
  expect(text).toContain(
    `Add it to ${word} of the relying party portal (serve.relyingParties in mfa-harness.yaml).`,
  );
});
