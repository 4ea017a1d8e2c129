import { request as httpRequest } from "node:http";
import { parse } from "node-html-parser";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MockIdp } from "../../harness/idp/mock-idp.ts";
import {
  amiss,
  type Answer,
  ask,
  authnRequest,
  CALLBACK,
  EVIL,
  NAMES,
  PROBES,
  ROUTES,
  startHostile,
} from "../support/hostile.ts";

let idp: MockIdp;

beforeAll(async () => {
  idp = await startHostile();
});

afterAll(async () => {
  await idp.stop();
});

function everyName(value: string): URLSearchParams {
  return new URLSearchParams(NAMES.map((name) => [name, value]));
}

test.each(Object.entries(PROBES))(
  "%s in every parameter at once is answered by every route",
  async (_name, value) => {
    const bad = ROUTES.map(async (route) => {
      const query = await ask(idp, `${route}?${everyName(value)}`);
      const form = await ask(idp, route, { method: "POST", body: everyName(value) });
      return [...amiss(query), ...amiss(form)].map((what) => `${route}: ${what}`);
    });
    expect((await Promise.all(bad)).flat()).toEqual([]);
  },
);

/** Requests that are right but for what they say, so that pages show it. */
const SHOWN: Readonly<Record<string, (probe: string) => string>> = {
  "an authorization request": (probe) =>
    `/oidc/auth?client_id=portal&redirect_uri=${encodeURIComponent(CALLBACK)}&response_type=code&scope=openid&state=${probe}&nonce=${probe}&login_hint=${probe}&acr_values=${probe}`,
  "one of a stranger": (probe) =>
    `/oidc/auth?client_id=${probe}&redirect_uri=${encodeURIComponent(CALLBACK)}&response_type=code&scope=openid`,
  "an AuthnRequest": (probe) =>
    `/saml/sso?SAMLRequest=${authnRequest(decodeURIComponent(probe))}&RelayState=${probe}`,
  "a WS-Federation sign-in": (probe) =>
    `/wsfed?wa=wsignin1.0&wtrealm=${probe}&wreply=${encodeURIComponent("http://127.0.0.1:9/")}&wctx=${probe}&whr=${probe}&wauth=${probe}`,
  "a name in a path": (probe) => `/fault/${probe}`,
};

/** Follows redirects inside the IdP, as a browser with its cookies does. */
async function follow(path: string, init: RequestInit = {}): Promise<Answer> {
  const first = await ask(idp, path, init);
  const location = first.headers.get("location");
  if (location === null) return first;
  const { origin, pathname, search } = new URL(location, idp.origin);
  if (origin !== idp.origin) return first;
  const cookie = first.headers
    .getSetCookie()
    .map((text) => text.split(";")[0])
    .join("; ");
  return await ask(idp, `${pathname}${search}`, { headers: { cookie } });
}

describe.each(Object.entries(SHOWN))("%s shows what it was told as text", (_name, path) => {
  test.each(Object.entries(PROBES))("%s", async (_what, probe) => {
    const page = await follow(path(encodeURIComponent(probe)));
    expect(amiss(page)).toEqual([]);
    const action = parse(page.text).querySelector("form")?.getAttribute("action");
    if (action !== undefined) expect(new URL(action, idp.origin).origin).toBe(idp.origin);
  });
});

describe("answers go to this machine and to who was registered, nowhere else", () => {
  test.each([
    `/oidc/auth?client_id=portal&redirect_uri=${encodeURIComponent(EVIL)}&response_type=code&scope=openid`,
    `/oidc/session/end?post_logout_redirect_uri=${encodeURIComponent(EVIL)}&client_id=portal`,
    `/saml/idp-initiated?sp=${encodeURIComponent(EVIL)}`,
    `/wsfed?wa=wsignin1.0&wtrealm=x&wreply=${encodeURIComponent(EVIL)}`,
    `/wsfed?wa=wsignout1.0&wreply=${encodeURIComponent(EVIL)}`,
    "//evil.example/",
    "/\\evil.example/",
    "/fault//evil.example/%2e%2e",
  ])("%s", async (path) => {
    const answer = await follow(path);
    expect(amiss(answer)).toEqual([]);
    expect(answer.text).not.toMatch(/(action|href)="https:\/\/evil/);
  });
});

describe("no path leads out of the catalogue", () => {
  test.each([
    "/fault/..%2f..%2fpackage.json",
    "/fault/..%2fscenario.schema/oidc/jwks",
    "/fault/%2e%2e%2f%2e%2e%2fpackage/oidc/jwks",
    "/fault/oidc%2fid-token-amr-missing/oidc/jwks",
    "/fault/id-token-amr-missing.yaml/oidc/jwks",
    "/fault/id-token-amr-missing%00/oidc/jwks",
    "/fault/__proto__/oidc/jwks",
    "/fault/constructor/oidc/jwks",
    "/keys/..%2f..%2fetc/jwks.json",
    "/keys/__proto__/jwks.json",
    "/keys/constructor/certificate.pem",
    "/%2e%2e/%2e%2e/package.json",
    "/_harness/../fault/..%2f",
    "/fault/%E0%A4%A/oidc/jwks",
  ])("%s", async (path) => {
    const status = await new Promise<number>((resolve, reject) => {
      // fetch would tidy the path up first.
      const sent = httpRequest({ host: "127.0.0.1", port: idp.port, path }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      sent.on("error", reject).end();
    });
    expect([400, 404]).toContain(status);
  });
});
