import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { PORTAL } from "../relying-party.ts";

let idp: MockIdp;

beforeAll(async () => {
  idp = await startIdp({ relyingParties: [PORTAL] });
});

afterAll(async () => {
  await idp.stop();
});

const AUTH = "/oidc/auth?client_id=portal&redirect_uri=http://127.0.0.1:9/callback&scope=openid&state=s";

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return await fetch(`${idp.origin}${path}`, { redirect: "manual", ...init });
}

describe("malformed authorization requests are told to the relying party", () => {
  test.each([
    { query: "", error: "invalid_request" },
    { query: "&response_type=nothing", error: "unsupported_response_type" },
    { query: "&response_type=token", error: "unsupported_response_type" },
    { query: "&response_type=code&response_mode=pigeon", error: "unsupported_response_mode" },
    { query: "&response_type=code&prompt=none+login", error: "invalid_request" },
    { query: "&response_type=code&prompt=dance", error: "invalid_request" },
    { query: "&response_type=code&max_age=-1", error: "invalid_request" },
    { query: "&response_type=code&max_age=soon", error: "invalid_request" },
    { query: "&response_type=code&claims=%7B", error: "invalid_request" },
    { query: "&response_type=code&claims=%5B%5D", error: "invalid_request" },
    { query: "&response_type=code&code_challenge=x&code_challenge_method=plain", error: "invalid_request" },
    { query: "&response_type=code&request=abc", error: "request_not_supported" },
    { query: "&response_type=code&request_uri=http://127.0.0.1:9/", error: "request_uri_not_supported" },
    { query: "&response_type=code&id_token_hint=abc", error: "invalid_request" },
    { query: "&response_type=code&resource=not-a-url", error: "invalid_target" },
  ])("$query → $error", async ({ query, error }) => {
    const { origin, search, hash } = new URL((await ask(AUTH + query)).headers.get("location") ?? "");
    const answer = new URLSearchParams(search === "" ? hash.slice(1) : search);
    expect(origin).toBe("http://127.0.0.1:9");
    expect(Object.fromEntries(answer)).toMatchObject({ error, state: "s", iss: idp.trust.oidcIssuer });
  });

  test("what is sent twice is refused", async () => {
    const answer = await ask(`${AUTH}&response_type=code&nonce=a&nonce=b`);
    expect(answer.headers.get("location")).toContain("error=invalid_request");
  });
});

function form(body: Record<string, string>): RequestInit {
  return { method: "POST", body: new URLSearchParams(body) };
}

describe("malformed requests of relying parties get JSON errors", () => {
  const credentials = { client_id: PORTAL.clientId, client_secret: PORTAL.clientSecret };
  test.each<{ what: string; path: string; init: RequestInit; status: number; error: string }>([
    { what: "nothing", path: "/oidc/token", init: form({}), status: 400, error: "invalid_request" },
    {
      what: "a wrong secret",
      path: "/oidc/token",
      init: form({ ...credentials, client_secret: "x", grant_type: "refresh_token", refresh_token: "x" }),
      status: 401,
      error: "invalid_client",
    },
    {
      what: "an unknown grant",
      path: "/oidc/token",
      init: form({ ...credentials, grant_type: "password" }),
      status: 400,
      error: "unsupported_grant_type",
    },
    {
      what: "a made-up code",
      path: "/oidc/token",
      init: form({ ...credentials, grant_type: "authorization_code", code: "x", redirect_uri: "http://x/" }),
      status: 400,
      error: "invalid_grant",
    },
    {
      what: "a made-up refresh token",
      path: "/oidc/token",
      init: form({ ...credentials, grant_type: "refresh_token", refresh_token: "x" }),
      status: 400,
      error: "invalid_grant",
    },
    {
      what: "JSON where a form belongs",
      path: "/oidc/token",
      init: { method: "POST", body: "{}", headers: { "content-type": "application/json" } },
      status: 400,
      error: "invalid_request",
    },
    {
      what: "a header that is no Basic",
      path: "/oidc/token",
      init: { ...form({ grant_type: "refresh_token" }), headers: { authorization: "Basic %%%" } },
      status: 400,
      error: "invalid_request",
    },
    {
      what: "more than a form may hold",
      path: "/oidc/token",
      init: form({ ...credentials, code: "x".repeat(200_000) }),
      status: 400,
      error: "invalid_request",
    },
    {
      what: "a pushed request to an address that is not registered",
      path: "/oidc/request",
      init: form({ ...credentials, response_type: "code", redirect_uri: "https://elsewhere.example/" }),
      status: 400,
      error: "invalid_request",
    },
    {
      what: "no token at UserInfo",
      path: "/oidc/me",
      init: {},
      status: 401,
      error: "invalid_token",
    },
    {
      what: "a made-up token at UserInfo",
      path: "/oidc/me",
      init: { headers: { authorization: "Bearer x" } },
      status: 401,
      error: "invalid_token",
    },
    { what: "no such address", path: "/oidc/nowhere", init: {}, status: 404, error: "" },
  ])("$what → $status $error", async ({ path, init, status, error }) => {
    const answer = await ask(path, init);
    const text = await answer.text();
    expect([answer.status, text.includes(error)]).toEqual([status, true]);
    expect(text).not.toMatch(/node_modules|at \w+ \(/);
  });
});

test("discovery and keys may be read by scripts of any origin, and name this issuer", async () => {
  for (const path of ["/oidc/.well-known/openid-configuration", "/oidc/jwks"]) {
    const answer = await ask(path, { headers: { origin: "http://app.example" } });
    expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([
      200,
      expect.stringMatching(/^(\*|http:\/\/app\.example)$/),
    ]);
  }
});
