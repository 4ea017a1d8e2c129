import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWTPayload } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeUsedTokens, readLogoutToken } from "../../../harness/partner/relying-party/oidc-logout-token.ts";
import { serve, type TestServer } from "../transport/serve.ts";

const NOW = 1_800_000_000;
const ISSUER = "https://idp.example";
const EVENT = "http://schemas.openid.net/event/backchannel-logout";

let server: TestServer;
let key: CryptoKey;
let stranger: CryptoKey;

beforeAll(async () => {
  const [own, other] = await Promise.all([
    generateKeyPair("RS256", { extractable: true }),
    generateKeyPair("RS256"),
  ]);
  [key, stranger] = [own.privateKey, other.privateKey];
  const jwks = JSON.stringify({ keys: [await exportJWK(own.publicKey)] });
  server = await serve((_request, response) => response.end(jwks));
});

afterAll(async () => await server[Symbol.asyncDispose]());

const GOOD: JWTPayload = {
  iss: ISSUER,
  aud: "portal",
  iat: NOW,
  exp: NOW + 120,
  jti: "logout-1",
  sub: "agent",
  sid: "session-1",
  events: { [EVENT]: {} },
};

function sign(claims: JWTPayload, header: { typ?: string } = {}, signer = key): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: "RS256", ...header }).sign(signer);
}

function without(name: string): JWTPayload {
  return Object.fromEntries(Object.entries(GOOD).filter(([other]) => other !== name));
}

async function read(token: string, used = makeUsedTokens()): Promise<unknown> {
  const trust = { issuer: ISSUER, jwksUri: server.origin, audience: "portal", used };
  return await readLogoutToken(token, trust, NOW);
}

test.each([
  { what: "as the specification wants it", claims: GOOD, sub: "agent", sid: "session-1" },
  { what: "a subject only", claims: without("sid"), sub: "agent", sid: undefined },
  { what: "a session only", claims: without("sub"), sub: undefined, sid: "session-1" },
  {
    what: "one of several audiences",
    claims: { ...GOOD, aud: ["a", "portal"] },
    sub: "agent",
    sid: "session-1",
  },
])("$what: it is obeyed", async ({ claims, sub, sid }) => {
  const ended = { issuer: ISSUER, subject: sub, session: sid };
  expect(await read(await sign(claims))).toEqual(ended);
  expect(await read(await sign(claims, { typ: "logout+jwt" }))).toEqual(ended);
});

// OIDC Back-Channel Logout §2.4 and §2.6.
test.each([
  { what: "another issuer", claims: { ...GOOD, iss: "https://other.example" }, reason: /"iss"/ },
  { what: "no issuer", claims: without("iss"), reason: /"iss"/ },
  { what: "another audience", claims: { ...GOOD, aud: "other" }, reason: /"aud"/ },
  { what: "no audience", claims: without("aud"), reason: /"aud"/ },
  { what: "no iat", claims: without("iat"), reason: /usable iat/ },
  { what: "iat to come", claims: { ...GOOD, iat: NOW + 600 }, reason: /iat lies in the future/ },
  { what: "no end", claims: without("exp"), reason: /"exp"/ },
  { what: "an end that is over", claims: { ...GOOD, exp: NOW - 120 }, reason: /"exp"/ },
  { what: "no id", claims: without("jti"), reason: /usable jti/ },
  { what: "an empty id", claims: { ...GOOD, jti: "" }, reason: /usable jti/ },
  { what: "no events", claims: without("events"), reason: /usable events/ },
  { what: "another event", claims: { ...GOOD, events: { other: {} } }, reason: /usable events/ },
  {
    what: "an event that is no object",
    claims: { ...GOOD, events: { [EVENT]: true } },
    reason: /usable events/,
  },
  { what: "a nonce", claims: { ...GOOD, nonce: "n" }, reason: /no nonce/ },
  { what: "nobody named", claims: { ...without("sub"), sid: undefined }, reason: /names nobody/ },
])("$what: it is refused", async ({ claims, reason }) => {
  await expect(read(await sign(claims))).rejects.toThrow(reason);
});

test.each([
  { what: "an access token's type", token: () => sign(GOOD, { typ: "at+jwt" }), reason: /of type at\+jwt/ },
  { what: "a stranger's key", token: () => sign(GOOD, {}, stranger), reason: /signature/ },
  {
    what: "no signature",
    token: async () => `${encode({ alg: "none" })}.${(await sign(GOOD)).split(".")[1]}.`,
    reason: /"alg"/,
  },
  {
    what: "an algorithm that the key could do, but was not registered",
    token: async () => {
      const sameKey = await importJWK(await exportJWK(key), "PS256");
      return await new SignJWT(GOOD).setProtectedHeader({ alg: "PS256" }).sign(sameKey);
    },
    reason: /"alg"/,
  },
  {
    what: "HMAC keyed with nothing",
    token: () =>
      new SignJWT(GOOD).setProtectedHeader({ alg: "HS256" }).sign(new TextEncoder().encode("a".repeat(32))),
    reason: /"alg"/,
  },
])("$what: it is refused", async ({ token, reason }) => {
  await expect(read(await token())).rejects.toThrow(reason);
});

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

test("a token is good for one time, and another for another", async () => {
  const used = makeUsedTokens();
  const token = await sign(GOOD);
  await read(token, used);
  await expect(read(token, used)).rejects.toThrow(/used before/);
  await expect(read(await sign({ ...GOOD, jti: "logout-2" }), used)).resolves.toBeDefined();
});
