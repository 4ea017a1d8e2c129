import { once } from "node:events";
import { connect } from "node:net";
import { deflateRawSync } from "node:zlib";
import express from "express";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { makeJournal } from "../../../../harness/idp/journal/journal.ts";
import type { JournalEntry } from "../../../../harness/idp/journal/entry.ts";
import { makeRedactor } from "../../../../harness/idp/journal/redact.ts";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { authnRequest, deflated, SAMPLE_SP } from "../saml/requests.ts";
import { makeUserAgent } from "../user-agent.ts";
import { authorize, discover, emissionOf, PORTAL, redeem } from "../relying-party.ts";

const MARK: unknown = expect.stringMatching(/^hash:[0-9a-f]{12} \(\d+\)$/);

const COOKIES: unknown = expect.stringMatching(/^mfa_idp_[\w.]+( mfa_idp_[\w.]+)*$/);
const BASIC: unknown = expect.stringMatching(/^Basic hash:/);

function without({
  durationMilliseconds,
  ...entry
}: JournalEntry): Omit<JournalEntry, "durationMilliseconds"> {
  expect(durationMilliseconds).toBeGreaterThanOrEqual(0);
  return entry;
}

function letter(index: number): string {
  return String.fromCodePoint(97 + index);
}

/** Names of parameters, each another one. */
function manyNames(count: number): string {
  return Array.from(
    { length: count },
    (_, index) => `p${letter(index % 26)}${letter(Math.floor(index / 26))}=1`,
  ).join("&");
}

test("a request and its answer, with what is harmless in clear", async () => {
  await using idp = await startIdp({ now: () => 7 });
  const query =
    "client_id=portal&redirect_uri=https%3A%2F%2Fx.example%2Fcb%3Fcode%3Dabc&state=S3CR3T&acr_values=mfa";
  await fetch(`${idp.origin}/oidc/auth?${query}`, { headers: { accept: "text/html" } });
  expect(idp.journal().map(without)).toEqual([
    {
      at: 7,
      method: "GET",
      path: "/oidc/auth",
      status: 400,
      protocol: "oidc",
      channel: "oidc",
      who: "portal",
      issued: [],
      parameters: {
        client_id: "portal",
        redirect_uri: "https://x.example/cb",
        state: MARK,
        acr_values: "mfa",
      },
    },
  ]);
});

test("a sign-in: who asked, what was chosen, what was issued, where it went", async () => {
  const entry = { id: "no-mfa", title: "No MFA", emission: emissionOf({ profile: "password-only" }) };
  await using idp = await startIdp({ relyingParties: [PORTAL], catalogue: [entry] });
  await idp.use("no-mfa");
  const configuration = await discover(idp);
  idp.clearJournal();
  const { url } = await authorize(idp, configuration, {});
  const code = new URL(url).searchParams.get("code") ?? "";
  await redeem(idp, { grant_type: "authorization_code", code, redirect_uri: PORTAL.redirectUris[0] });
  const seen = idp.journal();
  const common = { protocol: "oidc", issued: [] };
  expect(seen.slice(0, 2)).toMatchObject([
    { ...common, method: "GET", path: "/oidc/auth", status: 200, who: "portal" },
    { ...common, method: "POST", status: 303, who: "portal", parameters: { Cookie: COOKIES } },
  ]);
  expect(seen.find(({ location }) => location === PORTAL.redirectUris[0])).toMatchObject({
    status: 303,
    locationParameters: { code: MARK },
  });
  expect(seen.at(-1)).toMatchObject({
    method: "POST",
    path: "/oidc/token",
    status: 200,
    who: "portal",
    channel: "oidc",
    choice: "use-oidc",
    scenario: "no-mfa",
    issued: ["id-token"],
    parameters: {
      Authorization: BASIC,
      grant_type: "authorization_code",
      code: seen.find(({ locationParameters }) => locationParameters?.["code"] !== undefined)
        ?.locationParameters?.["code"],
    },
  });
  expect(JSON.stringify(seen)).not.toContain(code);
});

test("a SAML sign-in: the page, then the response", async () => {
  await using idp = await startIdp();
  const agent = makeUserAgent(idp.origin);
  const query = new URLSearchParams({ SAMLRequest: deflated(authnRequest()), RelayState: "relayed" });
  const page = await agent.get(`${idp.origin}/saml/sso?${query}`);
  await agent.submit(page, { action: "sign-in" });
  const entries = idp.journal();
  const who = SAMPLE_SP.entityId;
  expect(entries).toMatchObject([
    { path: "/saml/sso", status: 200, who, issued: [], parameters: { SAMLRequest: MARK, RelayState: MARK } },
    { status: 200, channel: "saml", choice: "saml-password-and-otp", issued: ["saml-response"] },
  ]);
  expect(JSON.stringify(entries)).not.toContain("relayed");
});

test.each([
  { path: "/saml/metadata", protocol: "saml", channel: "saml" },
  {
    path: "/wsfed?wa=wsignin1.0&wtrealm=urn%3Ax&wreply=http://127.0.0.1:9/",
    protocol: "wsfed",
    who: "urn:x",
  },
  { path: "/eam/jwks", protocol: "eam", channel: "eam" },
  { path: "/_harness/health", protocol: "api" },
  { path: "/fault/one/oidc/jwks", protocol: "oidc", channel: "oidc", scenario: "one" },
  { path: "/fault/offer-1/saml/metadata", protocol: "saml", choice: "offer-1" },
])("$path is of $protocol", async ({ path, ...known }) => {
  await using idp = await startIdp({ catalogue: [{ id: "one", title: "One", emission: emissionOf({}) }] });
  await fetch(`${idp.origin}${path}`);
  expect(idp.journal()).toMatchObject([{ ...known, path: path.split("?")[0] }]);
});

test("whoever asks and goes away is written down, too", async () => {
  await using idp = await startIdp();
  await fetch(`${idp.origin}/_harness/health`);
  idp.clearJournal();
  const socket = connect(idp.port, "127.0.0.1");
  await once(socket, "connect");
  socket.write(
    "POST /saml/sso HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n",
  );
  socket.destroy(new Error("gone"));
  await once(socket, "close").catch(() => undefined);
  await expect.poll(() => idp.journal()).toMatchObject([{ path: "/saml/sso", method: "POST" }]);
});

test.each([
  { limits: { entries: 3, characters: 100_000 }, path: "/short", kept: 3 },
  { limits: { entries: 100, characters: 900 }, path: "/short", kept: 8 },
  {
    limits: { entries: 100, characters: 1000 },
    path: `/long?${"a".repeat(400)}=${"b".repeat(4000)}`,
    kept: 6,
  },
  { limits: { entries: 100, characters: 1000 }, path: `/many?${manyNames(90)}`, kept: 0 },
])("of ten requests $kept are kept: $limits, $path", async ({ limits, path, kept }) => {
  let clock = 0;
  const journal = makeJournal({ now: () => (clock += 1), scenarioOf: () => undefined, limits });
  const app = express().use(journal.write, (_request, response) => void response.end());
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  for (let round = 0; round < 10; round += 1) await fetch(`http://127.0.0.1:${port}${path}`);
  server.close();
  expect(JSON.stringify(journal.read()).length).toBeLessThan(limits.characters + 100);
  expect(journal.read().map(({ at }) => at)).toEqual(
    Array.from({ length: kept }, (_, index) => 11 - kept + index),
  );
});

/** Looks like no word, as tokens, codes and keys do. */
const secretOf = fc
  .tuple(fc.stringMatching(/^[A-Za-z0-9_-]{14,60}$/), fc.stringMatching(/^[A-Z]{2}[0-9]{2}$/))
  .map((parts) => parts.join(""));

const encode = (text: string): string => Buffer.from(text).toString("base64");

function form(fields: Readonly<Record<string, string>>): RequestInit {
  return { method: "POST", body: new URLSearchParams(fields) };
}

/** One request for each place where a secret is sent. */
async function sendEverywhere(idp: MockIdp, secret: string): Promise<void> {
  const json = { "content-type": "application/json" };
  const deflated = deflateRawSync(`<x>${secret}</x>`).toString("base64");
  const requests: readonly (readonly [string, RequestInit])[] = [
    [
      "/oidc/token",
      form({ grant_type: "authorization_code", client_id: "portal", client_secret: secret, code: secret }),
    ],
    [
      "/oidc/token",
      {
        ...form({ grant_type: "refresh_token", refresh_token: secret }),
        headers: { authorization: `Basic ${encode(`portal:${secret}`)}` },
      },
    ],
    [
      "/oidc/token",
      {
        ...form({ code_verifier: secret, client_assertion: secret }),
        headers: { authorization: `Basic ${encode(secret)}` },
      },
    ],
    [
      "/oidc/me",
      { headers: { authorization: `Bearer ${secret}`, cookie: `${secret}; mfa_idp_session=${secret}` } },
    ],
    ["/oidc/me", { headers: { authorization: secret } }],
    [
      `/oidc/auth?client_id=portal&state=${secret}&nonce=${secret}&id_token_hint=${secret}&request=${secret}`,
      {},
    ],
    [`/oidc/auth?client_id=portal&redirect_uri=http://127.0.0.1/cb?code=${secret}%23id_token=${secret}`, {}],
    [`/oidc/sign-in/${secret}`, {}],
    [`/oidc/sign-in/x`, form({ user: secret, password: secret, code: secret })],
    [`/saml/sso?SAMLRequest=${encodeURIComponent(deflated)}&RelayState=${secret}&Signature=${secret}`, {}],
    [
      "/saml/sso",
      form({ SAMLRequest: encode(`<x>${secret}</x>`), SAMLResponse: secret, RelayState: secret }),
    ],
    [`/wsfed?wa=wsignin1.0&wtrealm=urn:x&wctx=${secret}`, {}],
    ["/eam/authorize", form({ id_token_hint: secret, nonce: secret, state: secret })],
    [`/_harness/emission?${secret}`, { headers: { authorization: `Bearer ${secret}` } }],
    [
      "/_harness/issue",
      { method: "POST", headers: json, body: JSON.stringify({ user: secret, [secret]: [secret] }) },
    ],
    [`/${secret}?${secret}=${secret}&scope=${secret}&scope=openid`, {}],
  ];
  await Promise.all(
    requests.map(async ([path, init]) =>
      (await fetch(`${idp.origin}${path}`, { ...init, redirect: "manual" })).arrayBuffer(),
    ),
  );
}

test("no secret that is sent is in it, nor the text it was packed in", async () => {
  await using idp = await startIdp({ relyingParties: [PORTAL] });
  await fc.assert(
    fc.asyncProperty(secretOf, async (secret) => {
      idp.clearJournal();
      await sendEverywhere(idp, secret);
      const kept = JSON.stringify(idp.journal());
      expect(idp.journal()).toHaveLength(16);
      const forms = [
        secret,
        encode(secret).slice(4, -6),
        encode(`portal:${secret}`),
        encodeURIComponent(secret),
      ];
      expect(forms.filter((form) => kept.includes(form))).toEqual([]);
    }),
    { numRuns: 12 },
  );
});

test("equal values look alike in one journal and different in two", () => {
  const [one, other] = [makeRedactor("one"), makeRedactor("other")];
  expect(one.mark("123456")).toBe(one.mark("123456"));
  expect(one.mark("123456")).not.toBe(other.mark("123456"));
});
