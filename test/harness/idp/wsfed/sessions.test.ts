import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emissionSchema } from "../../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { makeUserAgent, type UserAgent, type Visit } from "../user-agent.ts";

const MULTIPLE = "http://schemas.microsoft.com/claims/multipleauthn";
const PASSWORD = "http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/password";
const REPLY = "http://127.0.0.1:9/login.srf";
const START = 1_795_000_000;

let now = START;
let idp: MockIdp;

beforeAll(async () => {
  idp = await startIdp({ now: () => now });
});

afterAll(async () => await idp.stop());

type Parameters = Readonly<Record<string, string>>;

async function ask(agent: UserAgent, parameters: Parameters = {}): Promise<Visit> {
  const asked = { wa: "wsignin1.0", wtrealm: "urn:app", wreply: REPLY, ...parameters };
  return await agent.get(`${idp.origin}/wsfed?${new URLSearchParams(asked)}`);
}

function isAsked({ page }: Visit): boolean {
  return page.querySelector('form[data-mfa-harness="sign-in"]') !== null;
}

function tokenIn({ page }: Visit): string {
  return page.querySelector("input[name=wresult]")?.getAttribute("value") ?? "";
}

/** Somebody who has signed in with an emission, as a driver does. */
async function signedIn(changes: object = {}): Promise<UserAgent> {
  const emission = emissionSchema.parse({ channel: "wsfed", profile: "password-and-otp", ...changes });
  const choice = idp.offer(emission, "offered by a test");
  const agent = makeUserAgent(idp.origin);
  const page = await ask(agent);
  await agent.submit(page, { user: "agent@partner.example", emission: choice, action: "sign-in" });
  return agent;
}

describe("what a session may answer (WS-Federation 1.2 §13.2.2)", () => {
  test.each([
    { what: "nothing special", parameters: {}, after: 7200, asked: false },
    { what: "MFA, which was done", parameters: { wauth: MULTIPLE }, after: 60, asked: false },
    { what: "a password", parameters: { wauth: PASSWORD }, after: 60, asked: false },
    { what: "a fresh sign-in", parameters: { wfresh: "0" }, after: 0, asked: true },
    { what: "one no older than it is", parameters: { wfresh: "10" }, after: 600, asked: false },
    { what: "a younger one", parameters: { wfresh: "10" }, after: 601, asked: true },
  ])("$what, $after s later: asked $asked", async ({ parameters, after, asked }) => {
    now = START;
    const agent = await signedIn();
    now = START + after;
    expect(isAsked(await ask(agent, parameters))).toBe(asked);
  });

  test.each([
    { profile: "password-only", ignore: [], parameters: { wauth: MULTIPLE }, asked: true },
    { profile: "password-only", ignore: ["wauth"], parameters: { wauth: MULTIPLE }, asked: false },
    { profile: "password-only", ignore: ["wfresh"], parameters: { wauth: MULTIPLE }, asked: true },
    { profile: "password-only", ignore: [], parameters: { wauth: PASSWORD }, asked: false },
    { profile: "password-and-otp", ignore: ["wfresh"], parameters: { wfresh: "0" }, asked: false },
    { profile: "password-and-otp", ignore: ["wauth"], parameters: { wfresh: "0" }, asked: true },
    // Both at once, as Entra sends them for prompt=login (Microsoft Support: article 4037806).
    {
      profile: "password-only",
      ignore: ["wauth", "wfresh"],
      parameters: { wauth: MULTIPLE, wfresh: "0" },
      asked: false,
    },
  ])("$profile ignoring $ignore, asked $parameters: $asked", async ({ asked, parameters, ...emission }) => {
    now = START;
    const agent = await signedIn(emission);
    expect(isAsked(await ask(agent, parameters))).toBe(asked);
  });

  test("an answer of a session carries the time of the sign-in", async () => {
    now = START;
    const agent = await signedIn();
    now = START + 1800;
    const token = tokenIn(await ask(agent));
    const instant = new Date(START * 1000).toISOString().replace(".000Z", "Z");
    expect(token).toContain(`AuthenticationInstant="${instant}"`);
    expect(token).toContain(`<saml:AttributeValue>${instant}</saml:AttributeValue>`);
    expect(token).not.toContain(`IssueInstant="${instant}"`);
  });

  test("somebody else is asked", async () => {
    await signedIn();
    expect(isAsked(await ask(makeUserAgent(idp.origin)))).toBe(true);
  });

  test.each([
    [{ wauth: MULTIPLE }, "demanded"],
    [{ wfresh: "0" }, "sign in anew"],
    [{ wfresh: "45" }, "no older than 45 minutes"],
  ])("the page says what is demanded: %j", async (parameters, text) => {
    expect((await ask(makeUserAgent(idp.origin), parameters)).html).toContain(text);
  });

  test.each(["-1", "1.5", "soon", "", "9".repeat(40)])("wfresh %j is refused", async (wfresh) => {
    expect(await ask(makeUserAgent(idp.origin), { wfresh })).toMatchObject({ status: 400 });
  });
});

describe("signing out (WS-Federation 1.2 §13.2.4)", () => {
  test.each(["wsignout1.0", "wsignoutcleanup1.0"])("%s ends the session and tells who knew", async (wa) => {
    now = START;
    const agent = await signedIn();
    const other = "http://localhost:9/signin-wsfed?x=1";
    await ask(agent, { wreply: other });
    const page = await agent.get(
      `${idp.origin}/wsfed?wa=${wa}&wreply=${encodeURIComponent("https://evil.example")}`,
    );
    const told = page.page.querySelectorAll("img").map((image) => image.getAttribute("src"));
    expect(told).toEqual([
      `${REPLY}?wa=wsignoutcleanup1.0`,
      "http://localhost:9/signin-wsfed?x=1&wa=wsignoutcleanup1.0",
    ]);
    expect(page.html).not.toContain("evil.example");
    expect(isAsked(await ask(agent))).toBe(true);
  });

  test("whoever was not signed in tells nobody", async () => {
    const page = await makeUserAgent(idp.origin).get(`${idp.origin}/wsfed?wa=wsignout1.0`);
    expect(page.html).toContain("Nobody was signed in");
    expect(page.page.querySelectorAll("img")).toEqual([]);
  });
});
