import type * as client from "openid-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Emission } from "../../../../harness/emission/emission.ts";
import { askedClasses } from "../../../../harness/idp/oidc/asked.ts";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { authorize, discover, emissionOf, PORTAL, signIn } from "../relying-party.ts";
import { makeUserAgent, type Visit } from "../user-agent.ts";

const MFA = "https://refeds.org/profile/mfa";
const SFA = "https://refeds.org/profile/sfa";

let now = Math.floor(Date.now() / 1000);
let idp: MockIdp;
let portal: client.Configuration;

beforeAll(async () => {
  idp = await startIdp({ relyingParties: [PORTAL], now: () => now });
  portal = await discover(idp);
});

afterAll(async () => {
  await idp.stop();
});

function essential(...values: string[]): string {
  return JSON.stringify({ id_token: { acr: { essential: true, values } } });
}

test.each([
  { params: {}, ignore: [], asked: { values: [], essential: false } },
  { params: { acr_values: "a  b" }, ignore: [], asked: { values: ["a", "b"], essential: false } },
  { params: { acr_values: "a" }, ignore: ["acr_values"], asked: { values: [], essential: false } },
  {
    params: { acr_values: "a", claims: essential("b") },
    ignore: [],
    asked: { values: ["b"], essential: true },
  },
  {
    params: { acr_values: "a", claims: essential("b") },
    ignore: ["claims"],
    asked: { values: ["a"], essential: false },
  },
  {
    params: { claims: '{"id_token":{"acr":{"value":"c","values":["d",1]}}}' },
    ignore: [],
    asked: { values: ["c", "d"], essential: false },
  },
  { params: { claims: '{"id_token":{"acr":null}}' }, ignore: [], asked: { values: [], essential: false } },
  { params: { claims: '{"userinfo":null}' }, ignore: [], asked: { values: [], essential: false } },
] as const)("$params, ignoring $ignore, asks for $asked", ({ params, ignore, asked }) => {
  expect(askedClasses(params, { ignore: [...ignore] })).toEqual(asked);
});

/** The parameters that came back. */
function answerOf({ url }: Visit): Record<string, string> {
  return Object.fromEntries(new URL(url).searchParams);
}

describe("an essential class that the sign-in does not give", () => {
  const refused = "unmet_authentication_requirements";
  test.each<{ change: Partial<Emission>; values: string[]; error: string | undefined }>([
    { change: { profile: "password-only" }, values: [MFA], error: refused },
    { change: { profile: "password-only" }, values: [MFA, SFA], error: undefined },
    { change: { profile: "password-only", ignore: ["claims"] }, values: [MFA], error: undefined },
    { change: { profile: "password-only", ignore: ["max_age"] }, values: [MFA], error: refused },
    { change: {}, values: [MFA], error: undefined },
    { change: {}, values: ["anything"], error: undefined },
    {
      change: { profile: "password-only", patch: [{ op: "set", path: "/idToken/claims/acr", value: MFA }] },
      values: [MFA],
      error: undefined,
    },
  ])("$change, asked for $values: $error", async ({ change, values, error }) => {
    const choice = idp.offer(emissionOf(change), "under test");
    const visit = await authorize(idp, portal, { choice, parameters: { claims: essential(...values) } });
    expect(answerOf(visit)["error"]).toBe(error);
  });

  test("a voluntary class is not an error: the IdP says its own", async () => {
    const { claims } = await signIn(idp, portal, {
      choice: "oidc-password-only",
      parameters: { acr_values: MFA },
    });
    expect(claims["acr"]).toBe(SFA);
  });
});

describe("what is asked in a session, obeyed or ignored", () => {
  test.each<{ parameters: Record<string, string>; ignore: Emission["ignore"]; asks: boolean }>([
    { parameters: { prompt: "login" }, ignore: [], asks: true },
    { parameters: { prompt: "login" }, ignore: ["prompt"], asks: false },
    { parameters: { prompt: "login" }, ignore: ["max_age"], asks: true },
    { parameters: { prompt: "consent" }, ignore: ["prompt"], asks: false },
    { parameters: { prompt: "select_account" }, ignore: [], asks: true },
    { parameters: { prompt: "select_account" }, ignore: ["prompt"], asks: false },
    { parameters: { max_age: "0" }, ignore: [], asks: true },
    { parameters: { max_age: "0" }, ignore: ["max_age"], asks: false },
    { parameters: { max_age: "0" }, ignore: ["prompt"], asks: true },
    { parameters: { acr_values: "other" }, ignore: [], asks: true },
    { parameters: { acr_values: "other" }, ignore: ["acr_values"], asks: false },
    { parameters: { claims: essential("other") }, ignore: ["claims"], asks: false },
  ])("$parameters, ignoring $ignore: asks $asks", async ({ parameters, ignore, asks }) => {
    const agent = makeUserAgent(idp.origin);
    const choice = idp.offer(emissionOf({ ignore }), "under test");
    const first = await signIn(idp, portal, { agent, choice });
    now += 100;
    const second = await signIn(idp, portal, { agent, choice, parameters });
    expect(Number(second.claims["auth_time"]) - Number(first.claims["auth_time"])).toBe(asks ? 100 : 0);
    const [, ...rest] = idp.issued(choice);
    expect(rest.map(({ performed, at }) => at - (performed?.at ?? 0))).toEqual([asks ? 0 : 100]);
  });

  test("ignoring prompt cannot sign anybody in who never signed in", async () => {
    const visit = await authorize(idp, portal, { parameters: { prompt: "none" } });
    expect(answerOf(visit)["error"]).toBe("login_required");
  });
});

describe("hints at the person", () => {
  test("login_hint is what the page holds at first, escaped", async () => {
    const agent = makeUserAgent(idp.origin);
    const visit = await authorize(idp, portal, { agent, parameters: { login_hint: '"><script>x' } });
    expect(visit.html).not.toContain("<script>x");
    const { claims } = await signIn(idp, portal, { parameters: { login_hint: "hinted@partner.example" } });
    expect(claims.sub).toBe("hinted@partner.example");
  });

  test("id_token_hint: somebody else is asked to sign in once, then the relying party is told", async () => {
    const agent = makeUserAgent(idp.origin);
    const { idToken } = await signIn(idp, portal, { agent, user: "a@partner.example" });
    const hint = { id_token_hint: idToken };
    const same = await authorize(idp, portal, { agent, parameters: { ...hint, prompt: "none" } });
    expect(answerOf(same)["code"]).toBeDefined();
    await signIn(idp, portal, { agent, user: "b@partner.example", parameters: { prompt: "login" } });
    const silent = await authorize(idp, portal, { agent, parameters: { ...hint, prompt: "none" } });
    expect(answerOf(silent)["error"]).toBe("login_required");
    const still = await authorize(idp, portal, { agent, user: "b@partner.example", parameters: hint });
    expect(answerOf(still)["error"]).toBe("login_required");
    const right = await authorize(idp, portal, { agent, user: "a@partner.example", parameters: hint });
    expect(answerOf(right)["code"]).toBeDefined();
  });
});
