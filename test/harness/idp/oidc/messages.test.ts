import { decodeJwt } from "jose";
import type * as client from "openid-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Emission } from "../../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { authorize, discover, emissionOf, PORTAL, redeem, refresh, signIn } from "../relying-party.ts";
import { formFields } from "../user-agent.ts";

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

describe("the authorization response", () => {
  test.each<{ patch: Patch; found: Record<string, string | null> }>([
    {
      patch: { op: "set", path: "/authorizationResponse/iss", value: "https://evil.example" },
      found: { iss: "https://evil.example", state: "s" },
    },
    { patch: { op: "remove", path: "/authorizationResponse/iss" }, found: { iss: null, state: "s" } },
    { patch: { op: "remove", path: "/authorizationResponse/state" }, found: { state: null } },
    { patch: { op: "set", path: "/authorizationResponse/error", value: "x" }, found: { error: "x" } },
    { patch: { op: "raw", path: "/authorizationResponse/state", text: "<'\"&" }, found: { state: "<'\"&" } },
  ])("$patch in a query and in a form", async ({ patch, found }) => {
    const choice = offer(patch);
    const parameters = { state: "s" };
    const { url } = await authorize(idp, portal, { choice, parameters });
    const posted = await authorize(idp, portal, {
      choice,
      parameters: { ...parameters, response_mode: "form_post" },
    });
    const query = new URL(url).searchParams;
    const fields = new Map(Object.entries(formFields(posted, {})));
    for (const [name, value] of Object.entries(found)) {
      expect([query.get(name), fields.get(name) ?? null]).toEqual([value, value]);
    }
  });

  test("a patch that does not fit is told to the relying party", async () => {
    const choice = offer({ op: "remove", path: "/authorizationResponse/nowhere" });
    const { searchParams } = new URL((await authorize(idp, portal, { choice })).url);
    expect(searchParams.get("error")).toBe("server_error");
    expect(searchParams.get("error_description")).toContain("/authorizationResponse/nowhere");
  });

  test("a name that could leave its attribute is refused", async () => {
    const choice = offer({ op: "set", path: '/authorizationResponse/"><script>', value: "x" });
    const visit = await authorize(idp, portal, { choice, parameters: { response_mode: "form_post" } });
    expect(formFields(visit, {})).toMatchObject({ error: "server_error" });
    expect(visit.html).not.toContain('"><script>');
  });
});

async function answerOfTokenEndpoint(choice: string): Promise<Record<string, unknown>> {
  const { url } = await authorize(idp, portal, { choice });
  const code = new URL(url).searchParams.get("code") ?? "";
  return await redeem(idp, {
    grant_type: "authorization_code",
    code,
    redirect_uri: PORTAL.redirectUris[0],
  });
}

describe("the token response", () => {
  test.each<{ patch: Patch; found: Record<string, unknown> }>([
    {
      patch: { op: "set", path: "/tokenResponse/token_type", value: "mac" },
      found: { token_type: "mac" },
    },
    { patch: { op: "remove", path: "/tokenResponse/id_token" }, found: { id_token: undefined } },
    { patch: { op: "set", path: "/tokenResponse/expires_in", value: "soon" }, found: { expires_in: "soon" } },
    {
      patch: { op: "raw", path: "/tokenResponse", text: '{"access_token":"a","access_token":"b"}' },
      found: { access_token: "b", id_token: undefined },
    },
  ])("$patch", async ({ patch, found }) => {
    const answer = await answerOfTokenEndpoint(offer(patch));
    expect(Object.fromEntries(Object.keys(found).map((name) => [name, answer[name]]))).toEqual(found);
  });

  test("an error of the protocol stays as it is", async () => {
    const broken = { op: "remove", path: "/idToken/claims/nowhere" } as const;
    const changed = { op: "set", path: "/tokenResponse/token_type", value: "mac" } as const;
    const answer = await answerOfTokenEndpoint(offer(broken, changed));
    expect(Object.keys(answer)).toEqual(["error", "error_description"]);
  });

  test("a patch that does not fit is an error with its path", async () => {
    const answer = await answerOfTokenEndpoint(offer({ op: "remove", path: "/tokenResponse/nowhere" }));
    expect(answer).toMatchObject({ error: "server_error" });
    expect(answer["error_description"]).toContain("/tokenResponse/nowhere");
  });
});

describe("UserInfo", () => {
  test.each<{ patch: Patch; text: RegExp }>([
    { patch: { op: "set", path: "/userInfo/sub", value: ["a", "b"] }, text: /"sub":\["a","b"\]/ },
    { patch: { op: "remove", path: "/userInfo/sub" }, text: /^\{(?!.*"sub")/ },
    {
      patch: { op: "raw", path: "/userInfo", text: '{"sub":"a","sub":"b"}' },
      text: /^{"sub":"a","sub":"b"}$/,
    },
    { patch: { op: "raw", path: "/userInfo", text: "<not json>" }, text: /^<not json>$/ },
  ])("$patch goes out as it stands", async ({ patch, text }) => {
    const { accessToken } = await signIn(idp, portal, { choice: offer(patch) });
    const response = await fetch(`${idp.origin}/oidc/me`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect(response.headers.get("content-type")).toMatch(/^application\/json/);
    expect(await response.text()).toMatch(text);
  });
});

describe("the ID token of a refresh", () => {
  const first = { op: "set", path: "/idToken/claims/amr", value: ["one"] } as const;
  test.each<{ patch: Patch[]; amr: unknown[] }>([
    { patch: [first], amr: [["one"], ["one"]] },
    {
      patch: [{ op: "set", path: "/refreshedIdToken/claims/amr", value: ["two"] }],
      amr: [["pwd", "otp", "mfa"], ["two"]],
    },
    {
      patch: [first, { op: "set", path: "/refreshedIdToken/claims/sub", value: "other" }],
      amr: [["one"], ["pwd", "otp", "mfa"]],
    },
  ])("$patch → $amr", async ({ patch, amr }) => {
    const signedIn = await signIn(idp, portal, { choice: offer(...patch) });
    const refreshed = await refresh(idp, signedIn);
    expect([signedIn, refreshed].map(({ idToken }) => decodeJwt(idToken)["amr"])).toEqual(amr);
  });
});

describe("documents of an issuer of its own", () => {
  const catalogue = (
    [
      { op: "set", path: "/discovery/issuer", value: "https://evil.example" },
      { op: "raw", path: "/discovery", text: "{" },
      { op: "set", path: "/jwks/keys", value: [] },
      { op: "raw", path: "/jwks/keys", text: "{}" },
    ] as const
  ).map((patch, index) => ({ id: `doc-${index}`, title: "x", emission: emissionOf({ patch: [patch] }) }));

  test.each([
    { id: "doc-0", document: /"issuer":"https:\/\/evil.example"/, jwks: /"keys":\[{/ },
    { id: "doc-1", document: /^{$/, jwks: /"keys":\[{/ },
    { id: "doc-2", document: /"issuer":"http:\/\/127[^"]+\/fault\/doc-2\/oidc"/, jwks: /^{"keys":\[\]}$/ },
    { id: "doc-3", document: /"issuer":"http:\/\/127/, jwks: /^{"keys":{}}$/ },
  ])("$id", async ({ id, document, jwks }) => {
    await using faulty = await startIdp({ catalogue });
    const read = async (path: string): Promise<string> =>
      await (await fetch(`${faulty.origin}${path}`)).text();
    expect(await read(`/fault/${id}/oidc/.well-known/openid-configuration`)).toMatch(document);
    expect(await read(`/fault/${id}/oidc/jwks`)).toMatch(jwks);
    expect(await read("/oidc/.well-known/openid-configuration")).toContain(
      `"issuer":"${faulty.trust.oidcIssuer}"`,
    );
  });
});
