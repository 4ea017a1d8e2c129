import type * as client from "openid-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Emission } from "../../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { authorize, discover, emissionOf, PORTAL, signIn } from "../relying-party.ts";

type Patch = Emission["patch"][number];

let idp: MockIdp;
let portal: client.Configuration;

beforeAll(async () => {
  idp = await startIdp({ relyingParties: [PORTAL] });
  portal = await discover(idp);
});

afterAll(async () => {
  await idp.stop();
});

function offer(...patch: Patch[]): string {
  return idp.offer(emissionOf({ patch }), "under test");
}

/** What the answer of an endpoint is made of. */
async function answerOf(path: string, init: RequestInit) {
  const response = await fetch(`${idp.origin}/oidc${path}`, init);
  const type = response.headers.get("content-type");
  return {
    status: response.status,
    type,
    retry: response.headers.get("retry-after"),
    body: await response.text(),
  };
}

function posted(fields: Readonly<Record<string, string>>): RequestInit {
  const credentials = { client_id: PORTAL.clientId, client_secret: PORTAL.clientSecret };
  return { method: "POST", body: new URLSearchParams({ ...credentials, ...fields }) };
}

const JSON_TYPE = "application/json; charset=utf-8";
const STEP_UP = {
  error: "interaction_required",
  error_description: "AADSTS50076: the user must use multi-factor authentication",
  suberror: "basic_action",
  claims: '{"access_token":{"polids":{"essential":true,"values":["p"]}}}',
};

/** Asks for the tokens of a sign-in, as this relying party or as one that says the wrong secret. */
async function tokenRequests(choice: string): Promise<Readonly<Record<"own" | "wrong", RequestInit>>> {
  const { url } = await authorize(idp, portal, { choice });
  const code = new URL(url).searchParams.get("code") ?? "";
  const fields = { grant_type: "authorization_code", code, redirect_uri: PORTAL.redirectUris[0] };
  return { own: posted(fields), wrong: posted({ ...fields, client_secret: "wrong" }) };
}

describe("an error of the token endpoint", () => {
  test.each<{ patch: Patch[]; answer: object }>([
    {
      patch: [{ op: "set", path: "/tokenError/body", value: STEP_UP }],
      answer: { status: 400, type: JSON_TYPE, body: JSON.stringify(STEP_UP) },
    },
    {
      patch: [
        { op: "set", path: "/tokenError/status", value: 503 },
        { op: "set", path: "/tokenError/headers/Retry-After", value: "5" },
        { op: "set", path: "/tokenError/body/error", value: "temporarily_unavailable" },
      ],
      answer: { status: 503, type: JSON_TYPE, retry: "5", body: '{"error":"temporarily_unavailable"}' },
    },
    {
      patch: [
        { op: "set", path: "/tokenError/status", value: 200 },
        { op: "set", path: "/tokenError/headers/Content-Type", value: "text/html" },
        { op: "raw", path: "/tokenError/body", text: "<h1>Oops" },
      ],
      answer: { status: 200, type: "text/html", body: "<h1>Oops" },
    },
  ])("$patch, each time, and nothing is issued", async ({ patch, answer }) => {
    const choice = offer(...patch);
    const { own, wrong } = await tokenRequests(choice);
    expect(await answerOf("/token", own)).toMatchObject(answer);
    expect(await answerOf("/token", own)).toMatchObject(answer);
    expect(idp.issued(choice)).toEqual([]);
    expect(idp.handedOut(choice)).toEqual(["authorizationResponse", "tokenError"]);
    // Whoever is not the relying party is told that, and nothing else.
    expect(await answerOf("/token", wrong)).toMatchObject({ status: 401 });
  });

  test.each([
    { value: 99, path: "/tokenError/status" },
    { value: 4.5, path: "/tokenError/status" },
    { value: "a\nb", path: "/tokenError/headers/X" },
    { value: "b", path: "/tokenError/headers/a b" },
  ])("$path $value is no answer", async ({ value, path }) => {
    const answer = await answerOf(
      "/token",
      (await tokenRequests(offer({ op: "set", path: path.replaceAll(" ", "\u0020"), value }))).own,
    );
    expect(answer.body).toContain("server_error");
    expect(answer.body).toContain("/tokenError/");
  });

  test("of a refresh alone, also one that is told later", async () => {
    const patch = { op: "set", path: "/refreshError/body", value: STEP_UP } as const;
    const choice = offer(patch);
    const changed = offer();
    const [first, other] = [
      await signIn(idp, portal, { choice }),
      await signIn(idp, portal, { choice: changed }),
    ];
    idp.change(changed, emissionOf({ patch: [patch] }));
    for (const { refreshToken } of [first, other]) {
      const refreshed = await answerOf(
        "/token",
        posted({ grant_type: "refresh_token", refresh_token: refreshToken }),
      );
      expect(refreshed).toMatchObject({ status: 400, body: JSON.stringify(STEP_UP) });
    }
    expect(idp.handedOut(choice)).toContain("refreshError");
  });

  test("an access token for partners can be refused, too", async () => {
    const patch = [{ op: "set", path: "/tokenError/body", value: STEP_UP } as const];
    const choice = idp.offer({ ...emissionOf({ patch }), channel: "partner-api" }, "under test");
    expect(await answerOf("/token", (await tokenRequests(choice)).own)).toMatchObject({ status: 400 });
  });
});

describe("errors of other endpoints", () => {
  test("UserInfo", async () => {
    const choice = offer({ op: "set", path: "/userInfoError/body/error_description", value: "gone" });
    const { accessToken } = await signIn(idp, portal, { choice });
    const answer = await answerOf("/me", { headers: { authorization: `Bearer ${accessToken}` } });
    expect(answer).toMatchObject({
      status: 401,
      type: JSON_TYPE,
      body: '{"error":"invalid_token","error_description":"gone"}',
    });
  });

  test.each([
    {
      path: "/device/auth",
      member: "deviceAuthorizationError",
      fields: { scope: "openid" },
    },
    {
      path: "/request",
      member: "pushedAuthorizationError",
      fields: { scope: "openid", response_type: "code", redirect_uri: PORTAL.redirectUris[0] },
    },
    { path: "/token", member: "tokenError", fields: undefined },
  ])("$path, as the emission in use has it", async ({ path, member, fields }) => {
    const grant = "urn:ietf:params:oauth:grant-type:device_code";
    const { body } = await answerOf("/device/auth", posted({ scope: "openid" }));
    const pending = { grant_type: grant, device_code: /"device_code":"([^"]+)"/.exec(body)?.[1] ?? "" };
    await idp.use(emissionOf({ patch: [{ op: "set", path: `/${member}/body/error`, value: "slow_down" }] }));
    try {
      const answer = await answerOf(path, posted(fields ?? pending));
      expect(answer).toMatchObject({ status: 400, body: '{"error":"slow_down"}' });
    } finally {
      idp.reset();
    }
  });
});
