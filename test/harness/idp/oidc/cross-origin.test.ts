import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { authorize, discover, PORTAL } from "../relying-party.ts";

const SPA = { clientId: "spa", redirectUris: ["http://localhost:5173/"] };
const PAGE = "http://localhost:5173";
const ELSEWHERE = "http://localhost:5174";

let idp: MockIdp;

beforeAll(async () => {
  idp = await startIdp({ relyingParties: [PORTAL, SPA] });
});

afterAll(async () => {
  await idp.stop();
});

/** A request as a page of that origin makes it by `fetch`. */
async function ask(path: string, origin: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("origin", origin);
  return await fetch(`${idp.origin}${path}`, { ...init, headers });
}

function form(parameters: Readonly<Record<string, string>>): { method: string; body: URLSearchParams } {
  return { method: "POST", body: new URLSearchParams(parameters) };
}

function allowed({ headers }: Response): string | null {
  return headers.get("access-control-allow-origin");
}

async function codeFor(clientId: string, redirectUri: string): Promise<string> {
  const configuration = await discover(idp, { clientId, redirectUris: [redirectUri] });
  const { url } = await authorize(idp, configuration, { parameters: { redirect_uri: redirectUri } });
  return new URL(url).searchParams.get("code") ?? "";
}

test.each([
  { path: "/oidc/.well-known/openid-configuration", method: "GET" },
  { path: "/oidc/jwks", method: "GET" },
  { path: "/oidc/me", method: "GET" },
  { path: "/oidc/token", method: "POST" },
  { path: "/oidc/token/revocation", method: "POST" },
  { path: "/oidc/token/introspection", method: "POST" },
  { path: "/oidc/device/auth", method: "POST" },
  { path: "/oidc/request", method: "POST" },
  { path: "/fault/oidc-password-only/oidc/token", method: "POST" },
])("a browser may ask $method $path with the headers that it wants to send", async ({ path, method }) => {
  const headers = {
    "access-control-request-method": method,
    "access-control-request-headers": "authorization,content-type,x-client",
  };
  const answer = await ask(path, PAGE, { method: "OPTIONS", headers });
  expect([answer.status, allowed(answer)]).toEqual([204, PAGE]);
  expect(answer.headers.get("access-control-allow-methods")).toContain(method);
  expect(answer.headers.get("access-control-allow-headers")).toBe("authorization,content-type,x-client");
});

// Where nobody registered the client, every page of this machine may be its own.
test.each([
  { client: "spa", redirectUri: SPA.redirectUris[0], origin: PAGE },
  { client: "stranger", redirectUri: `${ELSEWHERE}/callback`, origin: ELSEWHERE },
])("a page of $client at $origin reads tokens, userinfo, introspection, revocation", async (page) => {
  const { client: client_id, redirectUri: redirect_uri = "", origin } = page;
  const code = await codeFor(client_id, redirect_uri);
  const redeemed = form({ grant_type: "authorization_code", code, redirect_uri, client_id });
  const tokens = await ask("/oidc/token", origin, redeemed);
  expect([tokens.status, allowed(tokens)]).toEqual([200, origin]);
  expect(tokens.headers.get("vary")).toContain("Origin");
  const told = z.object({ access_token: z.string(), refresh_token: z.string() });
  const { access_token: token, refresh_token } = told.parse(await tokens.json());
  const bearer = { headers: { authorization: `Bearer ${token}` } };
  const answers = [
    await ask("/oidc/me", origin, bearer),
    await ask("/oidc/me", origin, { method: "POST", ...bearer }),
    await ask("/oidc/token", origin, form({ grant_type: "refresh_token", refresh_token, client_id })),
    await ask("/oidc/token/introspection", origin, form({ token, client_id })),
    await ask("/oidc/token/revocation", origin, form({ token, client_id })),
  ];
  expect(answers.map((answer) => [answer.status, allowed(answer)])).toEqual(answers.map(() => [200, origin]));
});

test("a page reads why it gets nothing", async () => {
  const wrong = form({ grant_type: "authorization_code", code: "x", redirect_uri: PAGE, client_id: "spa" });
  const answers = [
    await ask("/oidc/token", PAGE, wrong),
    await ask("/oidc/me", PAGE, { headers: { authorization: "Bearer x" } }),
  ];
  expect(answers.map((answer) => [answer.status, allowed(answer)])).toEqual([
    [400, PAGE],
    [401, PAGE],
  ]);
});

test.each([
  { client: "spa", origin: ELSEWHERE, next: "add a page of that origin to its redirectUris" },
  { client: "spa", origin: "null", next: "add a page of that origin to its redirectUris" },
  {
    client: "stranger",
    origin: "https://app.example",
    next: "register it with a redirect URI of that origin",
  },
])("a page at $origin is not one of $client", async ({ client, origin, next }) => {
  const asked = form({ grant_type: "authorization_code", code: "x", redirect_uri: PAGE, client_id: client });
  const answer = await ask("/oidc/token", origin, asked);
  expect([answer.status, allowed(answer)]).toEqual([400, null]);
  expect(await answer.json()).toEqual({
    error: "invalid_request",
    error_description: `a page of ${origin} may not ask as ${client}: ${next}`,
  });
});
