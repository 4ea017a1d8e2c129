import { createHash } from "node:crypto";
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import * as client from "openid-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Emission } from "../../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { authorize, discover, emissionOf, PORTAL, redeem } from "../relying-party.ts";
import { formFields, type Visit } from "../user-agent.ts";

const EVERY_WAY = {
  ...PORTAL,
  responseTypes: ["code", "id_token", "id_token token", "code id_token", "code token", "code id_token token"],
};

let idp: MockIdp;
let portal: client.Configuration;

beforeAll(async () => {
  idp = await startIdp({ relyingParties: [EVERY_WAY] });
  portal = await discover(idp, EVERY_WAY);
});

afterAll(async () => {
  await idp.stop();
});

function answerOf(visit: Visit): Record<string, string> {
  const { search, hash } = new URL(visit.url);
  const shown = new URLSearchParams(hash === "" ? search : hash.slice(1));
  return { ...Object.fromEntries(shown), ...formFields(visit, {}) };
}

function half(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  return createHash("sha256").update(value).digest().subarray(0, 16).toString("base64url");
}

async function ask(parameters: Record<string, string>, patch: Emission["patch"] = []): Promise<Visit> {
  const choice = idp.offer(emissionOf({ patch }), "under test");
  return await authorize(idp, portal, { choice, parameters: { state: "s", nonce: "n", ...parameters } });
}

describe("response types", () => {
  const types = EVERY_WAY.responseTypes;
  test.each(
    types.flatMap((type) =>
      ["query", "fragment", "form_post"]
        .filter((mode) => type === "code" || mode !== "query")
        .map((mode) => ({ type, mode })),
    ),
  )("$type by $mode: what is asked for comes back, bound together by its hashes", async ({ type, mode }) => {
    const visit = await ask({ response_type: type, response_mode: mode });
    const answer = answerOf(visit);
    const has = (name: string): boolean => type.split(" ").includes(name);
    expect([answer["code"], answer["id_token"], answer["access_token"]].map(Boolean)).toEqual([
      has("code"),
      has("id_token"),
      has("token"),
    ]);
    expect(answer["state"]).toBe("s");
    if (!has("id_token")) return;
    const { at_hash: at, c_hash: c, s_hash: s } = decodeJwt(answer["id_token"] ?? "");
    expect([at, c, s]).toEqual([half(answer["access_token"]), half(answer["code"]), half("s")]);
  });

  test("tokens by query are refused, as the specification has it", async () => {
    const { url } = await ask({ response_type: "id_token", response_mode: "query" });
    expect(url).toContain("error=invalid_request");
  });

  test("the second ID token of a hybrid flow is bound to the same code and state, and to its own access token", async () => {
    const { code = "" } = answerOf(await ask({ response_type: "code id_token", response_mode: "form_post" }));
    const tokens = await redeem(idp, {
      grant_type: "authorization_code",
      code,
      redirect_uri: PORTAL.redirectUris[0],
    });
    const { at_hash: at, c_hash: c, s_hash: s } = decodeJwt(String(tokens["id_token"]));
    expect([at, c, s]).toEqual([half(String(tokens["access_token"])), half(code), half("s")]);
  });

  test("a hash may be wrong or missing", async () => {
    const patch: Emission["patch"] = [
      { op: "set", path: "/idToken/claims/c_hash", value: "x" },
      { op: "remove", path: "/idToken/claims/s_hash" },
    ];
    const asked = { response_type: "code id_token", response_mode: "form_post" };
    const answer = answerOf(await ask(asked, patch));
    const claims = decodeJwt(answer["id_token"] ?? "");
    expect([claims["c_hash"], claims["s_hash"]]).toEqual(["x", undefined]);
  });
});

describe("signed authorization responses (JARM)", () => {
  test.each(["jwt", "query.jwt", "fragment.jwt", "form_post.jwt"])("%s", async (mode) => {
    const { response = "", ...rest } = answerOf(await ask({ response_mode: mode }));
    expect(rest).toEqual({});
    const jwks = createRemoteJWKSet(new URL(`${idp.origin}/oidc/jwks`));
    const { payload } = await jwtVerify(response, jwks, { issuer: idp.trust.oidcIssuer, audience: "portal" });
    expect(payload).toMatchObject({ code: expect.any(String) as unknown, state: "s" });
    expect(payload.exp).toBeDefined();
  });

  test.each<{ patch: Emission["patch"][number]; header?: object; claims?: object; signed: boolean }>([
    {
      patch: { op: "set", path: "/authorizationResponse/response/header/alg", value: "none" },
      header: { alg: "none" },
      signed: false,
    },
    {
      patch: { op: "shift", path: "/authorizationResponse/response/claims/exp", seconds: -7200 },
      signed: false,
    },
    {
      patch: { op: "set", path: "/authorizationResponse/response/claims/aud", value: "other" },
      claims: { aud: "other" },
      signed: true,
    },
    {
      patch: { op: "set", path: "/authorizationResponse/response/claims/iss", value: "https://x.example" },
      claims: { iss: "https://x.example" },
      signed: true,
    },
    {
      patch: { op: "set", path: "/authorizationResponse/response/signature", value: "AAAA" },
      signed: false,
    },
    {
      patch: { op: "remove", path: "/authorizationResponse/response/claims/aud" },
      claims: { aud: undefined },
      signed: true,
    },
    {
      patch: { op: "remove", path: "/authorizationResponse/response/claims/exp" },
      claims: { exp: undefined },
      signed: true,
    },
    {
      patch: { op: "remove", path: "/authorizationResponse/response/claims/iss" },
      claims: { iss: undefined },
      signed: true,
    },
  ])("$patch", async ({ patch, header = {}, claims = {}, signed }) => {
    const { response = "" } = answerOf(await ask({ response_mode: "query.jwt" }, [patch]));
    expect(decodeProtectedHeader(response)).toMatchObject(header);
    const found = decodeJwt(response);
    expect(Object.fromEntries(Object.keys(claims).map((name) => [name, found[name]]))).toEqual(claims);
    const jwks = createRemoteJWKSet(new URL(`${idp.origin}/oidc/jwks`));
    const verified = await jwtVerify(response, jwks).then(
      () => true,
      () => false,
    );
    expect(verified).toBe(signed);
  });

  test("openid-client takes it, and gets its tokens", async () => {
    const jarm = await discover(idp, EVERY_WAY);
    client.useJwtResponseMode(jarm);
    const { url } = await authorize(idp, jarm, { parameters: { state: "s" } });
    const tokens = await client.authorizationCodeGrant(jarm, new URL(url), { expectedState: "s" });
    expect(tokens.claims()?.["amr"]).toEqual(["pwd", "otp", "mfa"]);
  });

  test("an error is signed, too", async () => {
    const { response = "" } = answerOf(await ask({ response_mode: "query.jwt", prompt: "none" }));
    expect(decodeJwt(response)).toMatchObject({ error: "login_required", aud: "portal", state: "s" });
  });
});
