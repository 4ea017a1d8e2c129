import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Channel } from "../../../../harness/emission/channels.ts";
import type { Ignorable, Profile } from "../../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { emissionOf, PORTAL, redeem } from "../relying-party.ts";
import { authnRequest, deflated } from "../saml/requests.ts";
import { makeUserAgent, type UserAgent, type Visit } from "../user-agent.ts";

let idp: MockIdp;

beforeAll(async () => {
  idp = await startIdp({ relyingParties: [PORTAL] });
});

afterAll(async () => await idp.stop());

type Protocol = "oidc" | "saml" | "wsfed";

const MFA_CLASS = "http://schemas.microsoft.com/claims/multipleauthn";
const FORCE = `AssertionConsumerServiceURL="http://127.0.0.1:9/acs" ForceAuthn="true"`;
const WANT_MFA =
  `<samlp:RequestedAuthnContext><saml:AuthnContextClassRef>${MFA_CLASS}` +
  `</saml:AuthnContextClassRef></samlp:RequestedAuthnContext>`;

/** How each protocol asks for nothing, for MFA, and for a new sign-in. */
const REQUESTS = {
  oidc: {
    path: "oidc/auth",
    plain: {},
    mfa: { acr_values: "https://refeds.org/profile/mfa" },
    again: { prompt: "login" },
  },
  saml: {
    path: "saml/sso",
    plain: { SAMLRequest: deflated(authnRequest()) },
    mfa: { SAMLRequest: deflated(authnRequest(undefined, WANT_MFA)) },
    again: { SAMLRequest: deflated(authnRequest(FORCE)) },
  },
  wsfed: {
    path: "wsfed",
    plain: {},
    mfa: { wauth: MFA_CLASS },
    again: { wfresh: "0" },
  },
} as const;

type Wish = "plain" | "mfa" | "again";

const ALWAYS: Readonly<Record<Protocol, Readonly<Record<string, string>>>> = {
  oidc: {
    client_id: PORTAL.clientId,
    redirect_uri: PORTAL.redirectUris[0],
    response_type: "code",
    scope: "openid offline_access",
    state: "s",
  },
  saml: {},
  wsfed: { wa: "wsignin1.0", wtrealm: "urn:app", wreply: "http://127.0.0.1:9/app" },
};

/** One request of a user agent, and what is chosen if the person is asked. */
interface Step {
  readonly at: Protocol;
  readonly wish: Wish;
  readonly choose?: Chosen;
}

/** What an emission is about. */
interface Chosen {
  readonly profile: Profile;
  readonly ignore?: readonly Ignorable[];
}

const MFA: Chosen = { profile: "password-and-otp" };
const NONE: Chosen = { profile: "password-only" };

async function idTokenOf(visit: Visit): Promise<string> {
  const code = new URL(visit.url).searchParams.get("code") ?? "";
  const redirectUri = PORTAL.redirectUris[0];
  const tokens = await redeem(idp, { grant_type: "authorization_code", code, redirect_uri: redirectUri });
  const [, payload = ""] = String(tokens["id_token"]).split(".");
  return Buffer.from(payload, "base64url").toString();
}

/** What the answer tells the partner app. */
async function answerOf(at: Protocol, visit: Visit): Promise<string> {
  if (at === "oidc") return await idTokenOf(visit);
  const value = (name: string): string =>
    visit.page.querySelector(`input[name=${name}]`)?.getAttribute("value") ?? "";
  return at === "wsfed" ? value("wresult") : Buffer.from(value("SAMLResponse"), "base64").toString();
}

/** Goes where a partner app sends its people. */
async function openAt(
  agent: UserAgent,
  at: Protocol,
  asked: Readonly<Record<string, string>>,
): Promise<Visit> {
  return await agent.get(
    `${idp.origin}/${REQUESTS[at].path}?${new URLSearchParams({ ...ALWAYS[at], ...asked })}`,
  );
}

function asks({ page }: Visit): boolean {
  return page.querySelector("form[data-mfa-harness=sign-in]") !== null;
}

async function take(agent: UserAgent, { at, wish, choose }: Step): Promise<string> {
  const visit = await openAt(agent, at, REQUESTS[at][wish]);
  const channel: Channel = at;
  const { profile, ignore = [] } = choose ?? MFA;
  const emission = idp.offer(emissionOf({ channel, profile, ignore: [...ignore] }), "chosen");
  // Without a choice nobody should be asked; then the page stays, and says nothing.
  const end = asks(visit) && choose !== undefined ? await agent.submit(visit, { emission }) : visit;
  const says = /multipleauthn|"mfa"/.test(await answerOf(at, end)) ? "MFA" : "none";
  return `${asks(visit) ? "asked" : "silent"}, ${says}`;
}

async function walk(steps: readonly Step[]): Promise<readonly string[]> {
  const agent = makeUserAgent(idp.origin);
  const seen: string[] = [];
  for (const step of steps) seen.push(await take(agent, step));
  return seen;
}

describe.each([
  { at: "oidc", strength: "acr_values", freshness: "prompt" },
  { at: "saml", strength: "RequestedAuthnContext", freshness: "ForceAuthn" },
  { at: "wsfed", strength: "wauth", freshness: "wfresh" },
] as const)("a session at $at", ({ at, strength, freshness }) => {
  test.each([
    {
      what: "is told of as it was begun, with MFA",
      steps: [{ wish: "plain", choose: MFA }, { wish: "plain" }, { wish: "mfa" }],
      seen: ["asked, MFA", "silent, MFA", "silent, MFA"],
    },
    {
      what: "is told of as it was begun, without",
      steps: [{ wish: "plain", choose: NONE }, { wish: "plain" }],
      seen: ["asked, none", "silent, none"],
    },
    {
      what: "is stepped up",
      steps: [{ wish: "plain", choose: NONE }, { wish: "mfa", choose: MFA }, { wish: "plain" }],
      seen: ["asked, none", "asked, MFA", "silent, MFA"],
    },
    {
      what: "is downgraded",
      steps: [{ wish: "plain", choose: MFA }, { wish: "again", choose: NONE }, { wish: "plain" }],
      seen: ["asked, MFA", "asked, none", "silent, none"],
    },
    {
      what: "may be used although MFA was asked for",
      steps: [{ wish: "plain", choose: { ...NONE, ignore: [strength] } }, { wish: "mfa" }],
      seen: ["asked, none", "silent, none"],
    },
    {
      what: "may be used although a new sign-in was asked for",
      steps: [{ wish: "plain", choose: { ...MFA, ignore: [freshness] } }, { wish: "again" }],
      seen: ["asked, MFA", "silent, MFA"],
    },
  ] as const)("$what", async ({ steps, seen }) => {
    expect(await walk(steps.map((step) => ({ at, ...step })))).toEqual(seen);
  });
});

test("whoever signed in by one protocol is signed in by the others, which say what is preselected", async () => {
  expect(
    await walk([
      { at: "saml", wish: "plain", choose: NONE },
      { at: "wsfed", wish: "plain" },
      { at: "oidc", wish: "plain" },
      { at: "wsfed", wish: "again", choose: NONE },
      { at: "wsfed", wish: "plain" },
      { at: "saml", wish: "plain" },
      { at: "oidc", wish: "plain" },
    ]),
  ).toEqual([
    "asked, none",
    "silent, MFA",
    "silent, MFA",
    "asked, none",
    "silent, none",
    "silent, none",
    "silent, MFA",
  ]);
});

/** Where each protocol ends a session on request of a partner app, or of the person. */
const SIGN_OUT: Readonly<Record<Protocol, string>> = {
  oidc: "oidc/session/end",
  saml: "saml/idp-logout",
  wsfed: "wsfed?wa=wsignout1.0",
};

test.each([
  { begun: "oidc", ended: "oidc" },
  { begun: "oidc", ended: "saml" },
  { begun: "oidc", ended: "wsfed" },
  { begun: "saml", ended: "oidc" },
  { begun: "wsfed", ended: "saml" },
] as const)("signed in by $begun, signed out by $ended: signed out everywhere", async ({ begun, ended }) => {
  const agent = makeUserAgent(idp.origin);
  const plain = { wish: "plain" } as const;
  const before = [await take(agent, { at: begun, ...plain, choose: MFA })];
  for (const at of ["oidc", "saml", "wsfed"] as const) before.push(await take(agent, { at, ...plain }));
  await agent.get(`${idp.origin}/${SIGN_OUT[ended]}`);
  const after: string[] = [];
  for (const at of ["oidc", "saml", "wsfed"] as const) after.push(await take(agent, { at, ...plain }));
  expect([before, after]).toEqual([
    ["asked, MFA", "silent, MFA", "silent, MFA", "silent, MFA"],
    ["asked, none", "asked, none", "asked, none"],
  ]);
});

test("of two people in one browser, every protocol tells of the last", async () => {
  const agent = makeUserAgent(idp.origin);
  await agent.submit(await openAt(agent, "oidc", {}), { user: "first" });
  await agent.submit(await openAt(agent, "saml", REQUESTS.saml.again), { user: "last" });
  const visit = await openAt(agent, "oidc", {});
  expect(asks(visit)).toBe(false);
  expect(JSON.parse(await idTokenOf(visit))).toMatchObject({ sub: "last" });
});

test.each([
  { asked: {}, page: false },
  { asked: { login_hint: "known" }, page: false },
  { asked: { login_hint: "somebody else" }, page: true },
  { asked: { prompt: "login" }, page: true },
  { asked: { acr_values: "another-class" }, page: true },
])("who signed in by SAML and is asked for $asked by OIDC, sees a page: $page", async ({ asked, page }) => {
  const agent = makeUserAgent(idp.origin);
  await agent.submit(await openAt(agent, "saml", REQUESTS.saml.plain), { user: "known" });
  expect(asks(await openAt(agent, "oidc", asked))).toBe(page);
});

test("max_age counts from the sign-in, by whichever protocol that was", async () => {
  await using earlier = await startIdp({ relyingParties: [PORTAL] });
  const agent = makeUserAgent(earlier.origin);
  const open = (at: Protocol, asked: Readonly<Record<string, string>>): Promise<Visit> =>
    agent.get(`${earlier.origin}/${REQUESTS[at].path}?${new URLSearchParams({ ...ALWAYS[at], ...asked })}`);
  await agent.submit(await open("saml", REQUESTS.saml.plain), {});
  earlier.clock.set({ shift: 1000 });
  const seen: boolean[] = [];
  for (const asked of [{}, { max_age: "2000" }, { max_age: "500" }])
    seen.push(asks(await open("oidc", asked)));
  expect(seen).toEqual([false, false, true]);
});
