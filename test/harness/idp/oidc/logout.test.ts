import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import type * as client from "openid-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Emission } from "../../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { authorize, discover, emissionOf, PORTAL, signIn } from "../relying-party.ts";
import { makeUserAgent } from "../user-agent.ts";

type Patch = Emission["patch"][number];

let idp: MockIdp;
let portal: client.Configuration;
let listener: Server;
let status = 200;
const posted: string[] = [];

beforeAll(async () => {
  listener = createServer((request, response) => {
    request.setEncoding("utf8");
    let body = "";
    request.on("data", (part: string) => (body += part));
    request.on("end", () => {
      posted.push(`${request.method} ${new URLSearchParams(body).get("logout_token")}`);
      response.writeHead(status).end();
    });
  }).listen(0, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  idp = await startIdp({
    relyingParties: [{ ...PORTAL, backchannelLogoutUri: `http://127.0.0.1:${port}/logout` }],
  });
  portal = await discover(idp);
});

afterAll(async () => {
  listener.close();
  await idp.stop();
});

/** Signs in and out again; the ID token of the sign-in and the logout token that came for it. */
async function signInAndOut(...patch: Patch[]): Promise<{ idToken: string; logoutToken: string }> {
  posted.length = 0;
  const agent = makeUserAgent(idp.origin);
  const choice = idp.offer(emissionOf({ patch }), "under test");
  const { idToken } = await signIn(idp, portal, { agent, choice });
  const visit = await agent.get(`${idp.origin}/oidc/session/end`);
  expect(visit.html).toContain("Signed out");
  expect(posted).toHaveLength(1);
  const [method = "", logoutToken = ""] = (posted[0] ?? "").split(" ");
  expect(method).toBe("POST");
  return { idToken, logoutToken };
}

describe("back-channel logout", () => {
  test("the logout token is signed, names the session of the ID token, and has what §2.4 demands", async () => {
    const { idToken, logoutToken } = await signInAndOut();
    const jwks = createRemoteJWKSet(new URL(`${idp.origin}/oidc/jwks`));
    const expected = { issuer: idp.trust.oidcIssuer, audience: "portal", typ: "logout+jwt" };
    const { payload } = await jwtVerify(logoutToken, jwks, expected);
    expect(payload).toMatchObject({
      sub: "agent@partner.example",
      sid: decodeJwt(idToken)["sid"],
      jti: expect.any(String) as unknown,
      events: { "http://schemas.openid.net/event/backchannel-logout": {} },
    });
    expect(payload["sid"]).toEqual(expect.any(String));
    expect(payload["nonce"]).toBeUndefined();
  });

  test.each<{ patch: Patch; header?: object; claims?: Record<string, unknown> }>([
    {
      patch: { op: "set", path: "/logoutToken/header/alg", value: "none" },
      header: { alg: "none" },
    },
    {
      patch: { op: "set", path: "/logoutToken/header/alg", value: "PS256" },
      header: { alg: "PS256" },
    },
    {
      patch: { op: "set", path: "/logoutToken/claims/iss", value: "https://x.example" },
      claims: { iss: "https://x.example" },
    },
    { patch: { op: "set", path: "/logoutToken/claims/aud", value: "other" }, claims: { aud: "other" } },
    {
      patch: { op: "set", path: "/logoutToken/claims/events", value: { x: {} } },
      claims: { events: { x: {} } },
    },
    { patch: { op: "remove", path: "/logoutToken/claims/events" }, claims: { events: undefined } },
    { patch: { op: "set", path: "/logoutToken/claims/nonce", value: "n" }, claims: { nonce: "n" } },
  ])("$patch is in the logout token and not in the ID token", async ({ patch, header = {}, claims = {} }) => {
    const { idToken, logoutToken } = await signInAndOut(patch);
    expect(decodeProtectedHeader(logoutToken)).toMatchObject(header);
    const [found, untouched] = [decodeJwt(logoutToken), decodeJwt(idToken)];
    expect(Object.fromEntries(Object.keys(claims).map((name) => [name, found[name]]))).toEqual(claims);
    expect([untouched.iss, untouched.aud]).toEqual([idp.trust.oidcIssuer, "portal"]);
  });

  test("a signature may be broken by itself", async () => {
    const patch = { op: "set", path: "/logoutToken/signature", value: "AAAA" } as const;
    const { logoutToken } = await signInAndOut(patch);
    expect(logoutToken.split(".")[2]).toBe("AAAA");
  });

  test.each([400, 500, 302])("a relying party that answers %i keeps nobody signed in", async (answer) => {
    status = answer;
    await signInAndOut();
    status = 200;
  });

  test("a relying party that is not there keeps nobody signed in", async () => {
    const gone = { ...PORTAL, clientId: "gone", backchannelLogoutUri: "http://127.0.0.1:9/logout" };
    idp.register(gone);
    const agent = makeUserAgent(idp.origin);
    await authorize(idp, await discover(idp, gone), { agent });
    expect((await agent.get(`${idp.origin}/oidc/session/end`)).html).toContain("Signed out");
  });

  test("a logout token that cannot be made is told to whoever signs out", async () => {
    const agent = makeUserAgent(idp.origin);
    const patch = { op: "remove", path: "/logoutToken/claims/nowhere" } as const;
    const choice = idp.offer(emissionOf({ patch: [patch] }), "broken");
    await signIn(idp, portal, { agent, choice });
    const visit = await agent.get(`${idp.origin}/oidc/session/end`);
    expect(visit.html).toContain("/logoutToken/claims/nowhere");
    expect(visit.html).not.toContain("node_modules");
  });

  test("without a session nobody is told", async () => {
    posted.length = 0;
    await makeUserAgent(idp.origin).get(`${idp.origin}/oidc/session/end`);
    expect(posted).toEqual([]);
  });

  test("discovery announces it", () => {
    expect(portal.serverMetadata()).toMatchObject({
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
    });
  });
});
