import { parse } from "node-html-parser";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emissionSchema } from "../../../harness/emission/emission.ts";
import { startEntra } from "../../../harness/entra/start-entra.ts";
import type { MfaBehavior } from "../../../harness/entra/mfa-behavior.ts";
import type { MockIdp } from "../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { makeUserAgent, type UserAgent, type Visit } from "../idp/user-agent.ts";

let idp: MockIdp;

beforeAll(async () => {
  idp = await startIdp();
});

afterAll(async () => await idp.stop());

function read({ page }: Visit, id: string): string | undefined {
  return page.getElementById(id)?.text.trim();
}

/** Signs in as a driver does, each time the IdP asks. */
async function signIn(agent: UserAgent, start: string, emission: object): Promise<Visit> {
  const parsed = emissionSchema.parse({ channel: "wsfed", profile: "password-and-otp", ...emission });
  const choice = idp.offer(parsed, "offered by a test");
  let visit = await agent.get(start);
  for (let step = 0; step < 6; step += 1) {
    const form = visit.page.querySelector("form");
    if (form === null) return visit;
    const entered = { user: "agent@partner.example", emission: choice, action: "sign-in" };
    const asks = form.getAttribute("data-mfa-harness") === "sign-in";
    visit = await agent.submit(visit, asks ? entered : {});
  }
  return visit;
}

const ENFORCE = "enforceMfaByFederatedIdp";

const shift = (path: string) => ({
  op: "shift",
  path: `/wsFedResponse/assertion${path}`,
  seconds: -7200,
});

describe("federatedIdpMfaBehavior at work (Microsoft Graph: internalDomainFederation)", () => {
  test.each<[MfaBehavior, object, string]>([
    ["acceptIfMfaDoneByFederatedIdp", {}, "granted"],
    ["acceptIfMfaDoneByFederatedIdp", { profile: "password-only" }, "refused"],
    [ENFORCE, {}, "granted"],
    [ENFORCE, { profile: "password-only" }, "refused"],
    ["rejectMfaByFederatedIdp", {}, "refused"],
  ])("%s, %j: %s", async (mfaBehavior, emission, access) => {
    await using entra = await startEntra(idp, { mfaBehavior });
    const page = await signIn(makeUserAgent("http://127.0.0.1:"), `${entra.hub.origin}/portal`, emission);
    expect(read(page, "signed-in-as")).toBe("agent@partner.example");
    expect(read(page, "access")).toBe(access);
  });

  test("without MFA the IdP is asked for it once more, by wauth", async () => {
    await using entra = await startEntra(idp, { mfaBehavior: ENFORCE });
    idp.clearJournal();
    await signIn(makeUserAgent("http://127.0.0.1:"), `${entra.hub.origin}/portal`, {
      profile: "password-only",
    });
    const asked = idp.journal().filter(({ method, path }) => method === "GET" && path === "/wsfed");
    expect(asked.map(({ parameters }) => "wauth" in parameters)).toEqual([false, true]);
  });

  test("an old sign-in has to be made again, and is then asked for afresh", async () => {
    await using entra = await startEntra(idp);
    const patch = [shift("/authentication/instant"), shift("/attributes/3/values/0")];
    const agent = makeUserAgent("http://127.0.0.1:");
    const page = await signIn(agent, `${entra.hub.origin}/portal`, { patch });
    expect(read(page, "access")).toBe("sign in again");
    const again = await agent.get(`${entra.hub.origin}/sign-in-again`);
    expect(again.page.querySelector('form[data-mfa-harness="sign-in"]')).not.toBeNull();
  });
});

async function posted(fields: Readonly<Record<string, string>>): Promise<Visit> {
  await using entra = await startEntra(idp);
  const body = new URLSearchParams(fields);
  const response = await fetch(entra.hub.replyUrl, { method: "POST", body });
  const html = await response.text();
  return { url: response.url, status: response.status, html, page: parse(html) };
}

describe("an answer that nobody asked for", () => {
  test.each([
    ["nothing at all", {}],
    ["a context of nobody", { wa: "wsignin1.0", wctx: "elsewhere", wresult: "<a/>" }],
    ["a context that every object has", { wa: "wsignin1.0", wctx: "constructor", wresult: "<a/>" }],
  ])("%s is refused", async (_what, fields) => {
    const page = await posted(fields);
    expect(page.status).toBe(401);
    expect(read(page, "access")).toBe("sign-in refused");
  });

  test("a megabyte gets a page and no more", async () => {
    const page = await posted({ wresult: "x".repeat(1_100_000) });
    expect(page.status).toBe(413);
    expect(page.html).not.toMatch(/\n\s+at /);
  });
});

async function held(agent: UserAgent, origin: string): Promise<Visit> {
  const page = await agent.get(`${origin}/portal`);
  const entered = { user: "agent@partner.example", emission: "wsfed-password-and-otp", action: "sign-in" };
  return await agent.submit(page, entered);
}

describe("an answer that was asked for", () => {
  test("counts once, and in the browser that asked", async () => {
    await using entra = await startEntra(idp);
    const agent = makeUserAgent("http://127.0.0.1:");
    const answer = await held(agent, entra.hub.origin);
    const stolen = await makeUserAgent("http://127.0.0.1:").submit(answer, {});
    expect(read(stolen, "access")).toBe("sign-in refused");
    expect(read(await agent.submit(answer, {}), "access")).toBe("granted");
    expect(read(await agent.submit(answer, {}), "access")).toBe("sign-in refused");
    const gone = await agent.get(`${entra.hub.origin}/portal`);
    expect(gone.html).not.toContain("MFA confirmed");
  });

  test("a token that signed in once does not under another context", async () => {
    await using entra = await startEntra(idp);
    const agent = makeUserAgent("http://127.0.0.1:");
    const first = await held(agent, entra.hub.origin);
    const second = await agent.get(`${entra.hub.origin}/sign-in`);
    expect(read(await agent.submit(first, {}), "access")).toBe("granted");
    const wresult = first.page.querySelector("input[name=wresult]")?.getAttribute("value") ?? "";
    const page = await agent.submit(second, { wresult });
    expect(read(page, "reason")).toMatch(/used before/);
  });

  test.each([
    ["without wa", { wa: "" }, /wa is not/],
    ["without wresult", { wresult: "" }, /no wresult/],
    ["with markup", { wresult: "<script>alert(1)</script>" }, /not one/],
  ])("%s is refused", async (_what, changes, reason) => {
    await using entra = await startEntra(idp);
    const agent = makeUserAgent("http://127.0.0.1:");
    const page = await agent.submit(await held(agent, entra.hub.origin), changes);
    expect(read(page, "access")).toBe("sign-in refused");
    expect(read(page, "reason")).toMatch(reason);
    expect(page.html).not.toContain("<script>alert");
  });

  test("wsignoutcleanup1.0 ends the session here", async () => {
    await using entra = await startEntra(idp);
    const agent = makeUserAgent("http://127.0.0.1:");
    await agent.submit(await held(agent, entra.hub.origin), {});
    await agent.get(`${entra.hub.replyUrl}?wa=wsignoutcleanup1.0`);
    expect((await agent.get(`${entra.hub.origin}/`)).html).toContain("Nobody is signed in");
  });
});
