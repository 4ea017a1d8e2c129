import { parse } from "node-html-parser";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { discover, PORTAL, signIn } from "../relying-party.ts";
import { makeUserAgent, type UserAgent } from "../user-agent.ts";

let idp: MockIdp;

beforeAll(async () => {
  idp = await startIdp({ relyingParties: [PORTAL] });
});

afterAll(async () => {
  await idp.stop();
});

type Asked = Readonly<Record<string, string>>;

const [CALLBACK] = PORTAL.redirectUris;
const CODE = { client_id: "portal", redirect_uri: CALLBACK, response_type: "code", scope: "openid" };

function cookieOf({ cookies }: UserAgent): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
}

/** One request without what follows from it. */
async function ask(method: string, path: string, asked: Asked, agent: UserAgent): Promise<Response> {
  const query = new URLSearchParams(asked);
  const [url, body] = method === "GET" ? [`${path}?${query}`, null] : [path, query];
  const headers = { cookie: cookieOf(agent) };
  return await fetch(`${idp.origin}${url}`, { method, body, headers, redirect: "manual" });
}

/** The same by GET and by POST, each by a user agent of its own. */
async function askBothWays(path: string, asked: Asked, open: () => Promise<UserAgent>): Promise<unknown> {
  const [byGet, byPost] = await Promise.all(
    ["GET", "POST"].map(async (method) => await kindOf(await ask(method, path, asked, await open()))),
  );
  expect(byPost).toEqual(byGet);
  return byPost;
}

/** What is the same at every request of its kind: codes and the like are new each time. */
async function kindOf(answer: Response): Promise<unknown> {
  const location = URL.parse(answer.headers.get("location") ?? "");
  const names = [...(location?.searchParams.entries() ?? [])].map(([name, value]) =>
    name === "code" ? [name] : [name, value],
  );
  const [, heading] = /<h1>(.*?)<\/h1>/.exec(await answer.text()) ?? [];
  return { status: answer.status, origin: location?.origin, names, heading };
}

async function signedOut(): Promise<UserAgent> {
  return await Promise.resolve(makeUserAgent(idp.origin));
}

async function signedIn(): Promise<UserAgent> {
  const agent = makeUserAgent(idp.origin);
  await signIn(idp, await discover(idp), { agent });
  return agent;
}

describe("an authorization request by POST is answered as by GET", () => {
  test.each<{ what: string; asked: Asked; session: boolean; status: number }>([
    { what: "the sign-in page", asked: CODE, session: false, status: 200 },
    { what: "single sign-on", asked: { ...CODE, state: "a b&c" }, session: true, status: 303 },
    { what: "prompt=none", asked: { ...CODE, prompt: "none" }, session: false, status: 303 },
    { what: "an answer by form", asked: { ...CODE, response_mode: "form_post" }, session: true, status: 200 },
    { what: "a wrong response type", asked: { ...CODE, response_type: "x" }, session: false, status: 303 },
    {
      what: "an address not registered",
      asked: { ...CODE, redirect_uri: "https://x.example/" },
      session: false,
      status: 400,
    },
    { what: "nothing", asked: {}, session: false, status: 400 },
  ])("$what", async ({ asked, session, status }) => {
    const answered = await askBothWays("/oidc/auth", asked, session ? signedIn : signedOut);
    expect(answered).toMatchObject({ status });
  });

  test("the whole sign-in, and the journal names what was posted", async () => {
    const agent = makeUserAgent(idp.origin);
    const page = `<form action="${idp.origin}/oidc/auth"></form>`;
    const form = { url: idp.origin, status: 200, html: page, page: parse(page) };
    const asked = await agent.submit(form, { ...CODE, state: "posted" });
    expect(asked.page.querySelector("[data-mfa-harness=sign-in]")).not.toBeNull();
    const { url } = await agent.submit(asked, { action: "sign-in" });
    expect(new URL(url).searchParams.get("state")).toBe("posted");
    expect(new URL(url).searchParams.get("code")).not.toBeNull();
    const posts = idp.journal().filter(({ method, path }) => method === "POST" && path === "/oidc/auth");
    expect(posts.at(-1)?.parameters).toMatchObject({ client_id: "portal", response_type: "code" });
  });

  test("what is sent twice is refused", async () => {
    const body = new URLSearchParams([...Object.entries(CODE), ["nonce", "a"], ["nonce", "b"]]);
    const answer = await fetch(`${idp.origin}/oidc/auth`, { method: "POST", body, redirect: "manual" });
    expect(answer.headers.get("location")).toContain("error=invalid_request");
  });

  // A browser sends no cookie of SameSite=Lax with a form of another site, and sends it with the redirect that follows.
  test("a form of another site is asked again by GET, so that the session counts", async () => {
    const headers = { "sec-fetch-site": "cross-site" };
    const body = new URLSearchParams({ ...CODE, state: "s t" });
    const answer = await fetch(`${idp.origin}/oidc/auth`, {
      method: "POST",
      body,
      headers,
      redirect: "manual",
    });
    const target = new URL(answer.headers.get("location") ?? "", idp.origin);
    expect([answer.status, target.origin, target.pathname]).toEqual([303, idp.origin, "/oidc/auth"]);
    expect(Object.fromEntries(target.searchParams)).toEqual({ ...CODE, state: "s t" });
  });

  test.each([
    { type: "application/json", body: "{}", reason: "The request is application/json; it must be a form" },
    { type: "application/x-www-form-urlencoded", body: `state=${"x".repeat(60_000)}`, reason: "too large" },
  ])("$type that is no form, or too large, gets a page with the reason", async ({ type, body, reason }) => {
    const headers = { "content-type": type };
    const answer = await fetch(`${idp.origin}/oidc/auth`, { method: "POST", body, headers });
    expect([answer.status, (await answer.text()).includes(reason)]).toEqual([400, true]);
  });
});

describe("a sign-out by POST is answered as by GET", () => {
  const [bye] = PORTAL.postLogoutRedirectUris;
  test.each<{ asked: Asked; status: number }>([
    { asked: {}, status: 200 },
    { asked: { client_id: "portal", post_logout_redirect_uri: bye, state: "s" }, status: 303 },
    { asked: { client_id: "portal", post_logout_redirect_uri: "http://x.example/" }, status: 400 },
    { asked: { id_token_hint: "x" }, status: 400 },
  ])("$asked", async ({ asked, status }) => {
    expect(await askBothWays("/oidc/session/end", asked, signedIn)).toMatchObject({ status });
  });

  test("the session is over", async () => {
    const agent = await signedIn();
    const out = await ask("POST", "/oidc/session/end", {}, agent);
    expect(await out.text()).toContain("Signed out");
    const silently = await ask("POST", "/oidc/auth", { ...CODE, prompt: "none" }, agent);
    expect(silently.headers.get("location")).toContain("error=login_required");
  });
});
