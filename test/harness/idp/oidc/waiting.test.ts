import * as client from "openid-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { authorize, discover, PORTAL } from "../relying-party.ts";
import { makeUserAgent } from "../user-agent.ts";

let idp: MockIdp;
let portal: client.Configuration;

beforeAll(async () => {
  idp = await startIdp({ relyingParties: [PORTAL] });
  portal = await discover(idp);
});

afterAll(async () => await idp.stop());

/** The address of an authorization request. */
function asked(parameters: Readonly<Record<string, string>> = {}): string {
  const redirectUri = PORTAL.redirectUris[0];
  return client.buildAuthorizationUrl(portal, { redirect_uri: redirectUri, scope: "openid", ...parameters })
    .href;
}

function pathsSince(mark: number): readonly string[] {
  return idp
    .journal()
    .slice(mark)
    .map(({ method, path, status }) => `${method} ${path.replace(/hash:.*/, "*")} ${status}`);
}

test("the page comes with the answer to the request, and its answer goes to the relying party", async () => {
  const mark = idp.journal().length;
  const { url } = await authorize(idp, portal, { user: "kim" });
  expect(new URL(url).searchParams.get("code")).toMatch(/^[\w-]{20,}$/);
  expect(pathsSince(mark)).toEqual(["GET /oidc/auth 200", "POST /oidc/sign-in/* 303"]);
});

/** What a user agent got that asked: the page, its headers, where its answer goes, and the cookies beside it. */
async function shownPage() {
  const answer = await fetch(asked());
  const [, action = ""] = /action="([^"]+)"/.exec(await answer.text()) ?? [];
  const cookies = answer.headers.getSetCookie().map((line) => line.split(";")[0] ?? "");
  return { headers: answer.headers, action, cookies };
}

async function answer(action: string, cookies: readonly string[], choice: string): Promise<Response> {
  return await fetch(action, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: cookies.join("; ") },
    body: new URLSearchParams({ action: choice }),
  });
}

test("nothing of the redirect is left beside the page, and who gives up there is told of", async () => {
  const { headers, action, cookies } = await shownPage();
  const names = ["location", "content-length", "content-type", "cache-control"];
  expect(names.map((name) => headers.get(name))).toEqual([
    null,
    null,
    "text/html; charset=utf-8",
    "no-store",
  ]);
  const told = await answer(action, cookies, "cancel");
  expect(new URL(told.headers.get("location") ?? "").searchParams.get("error")).toBe("access_denied");
});

test("the address of a sign-in shows its page for as long as it is not answered", async () => {
  const agent = makeUserAgent(idp.origin);
  const shown = await agent.get(asked());
  const address = shown.page.querySelector("form")?.getAttribute("action") ?? "";
  expect((await agent.get(address)).html).toBe(shown.html);
  await agent.submit(shown, { action: "sign-in" });
  expect((await agent.get(address)).status).toBe(400);
});

test("a page is answered by the user agent that was shown it, and by nobody else", async () => {
  const agent = makeUserAgent(idp.origin);
  const shown = await agent.get(asked());
  const other = makeUserAgent(idp.origin);
  expect((await other.submit(shown, { action: "sign-in" })).status).toBe(400);
  expect((await agent.submit(shown, { action: "sign-in" })).status).toBe(303);
});

test.each([
  { what: "whole", change: (cookie: string) => cookie, status: 303 },
  { what: "changed", change: (cookie: string) => `${cookie.slice(0, -3)}AAA`, status: 400 },
  { what: "cut short", change: (cookie: string) => cookie.slice(0, -3), status: 400 },
  { what: "empty", change: (cookie: string) => cookie.replace(/=.*/, "="), status: 400 },
])("cookies whose signature is $what: $status", async ({ change, status }) => {
  const { action, cookies } = await shownPage();
  const changed = cookies.map((cookie) => (cookie.includes(".sig=") ? change(cookie) : cookie));
  expect((await answer(action, changed, "sign-in")).status).toBe(status);
});
