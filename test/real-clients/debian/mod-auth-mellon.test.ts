import { parse } from "node-html-parser";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Emission, emissionSchema } from "../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { type PartnerKey, partnerKey } from "../../harness/idp/saml/partner.ts";
import { makeSamlAgent, type SamlAgent } from "../../harness/idp/saml/agent.ts";
import type { Apache } from "../apps/apache/apache.ts";
import { mellonMetadata, startMellon } from "../apps/mod-auth-mellon/portal.ts";
import { freePort, signInAt, userOf } from "../portal.ts";

const REFEDS = "https://refeds.org/profile/mfa";

/** An Apache whose mellon trusts one IdP, which knows its metadata. */
interface Pair {
  readonly idp: MockIdp;
  readonly apache: Apache;
}

async function startPair(keys: (key: PartnerKey) => object, more = ""): Promise<Pair> {
  const port = await freePort();
  const key = partnerKey();
  const metadata = mellonMetadata(`http://127.0.0.1:${port}`, key, keys(key));
  const idp = await startIdp({ serviceProviderMetadata: [metadata] });
  const idpMetadata = await (await fetch(idp.trust.samlEntityId)).text();
  return { idp, apache: await startMellon({ port, key, metadata, idpMetadata, more }) };
}

async function stopPair({ idp, apache }: Pair): Promise<void> {
  await apache[Symbol.asyncDispose]();
  await idp.stop();
}

function emissionOf(change: object): Emission {
  return emissionSchema.parse({ channel: "saml", profile: "password-and-otp", ...change });
}

const AT = "/samlResponse/assertion";

describe.each<{ how: string; keys: (key: PartnerKey) => object }>([
  { how: "in the clear", keys: () => ({}) },
  { how: "encrypted", keys: (key) => ({ encryption: key }) },
])("mellon with assertions $how and signed requests", ({ keys }) => {
  let pair: Pair;

  beforeAll(async () => {
    pair = await startPair(keys);
  });

  afterAll(async () => await stopPair(pair));

  test.each([
    { name: "with MFA", change: {}, page: "portal" },
    { name: "password only", change: { profile: "password-only" }, page: "denied" },
  ])("$name → $page", async ({ name, change, page }) => {
    const user = userOf(name);
    const shown = await signInAt(`${pair.apache.origin}/portal.shtml`, pair.idp, emissionOf(change), user);
    expect(shown).toMatchObject({ page, signIns: 1 });
    // It asks for a transient name, and shows that.
    expect(shown.user).toMatch(/^_[\da-f]{32}$/);
  });

  test.each([
    { name: "a stranger's key", change: { key: "stranger" } },
    {
      name: "an answer without a success",
      change: { patch: [{ op: "set", path: "/samlResponse/status", value: ["x"] }] },
    },
    {
      name: "another audience",
      change: { patch: [{ op: "set", path: `${AT}/conditions/audiences`, value: ["x"] }] },
    },
    {
      name: "another recipient",
      change: { patch: [{ op: "set", path: `${AT}/subject/recipient`, value: "http://x/" }] },
    },
    {
      name: "expired",
      change: { patch: [{ op: "shift", path: `${AT}/conditions/notOnOrAfter`, seconds: -10_800 }] },
    },
    { name: "another issuer", change: { patch: [{ op: "set", path: `${AT}/issuer`, value: "http://x/" }] } },
  ])("$name → nobody is signed in", async ({ name, change }) => {
    const shown = await signInAt(
      `${pair.apache.origin}/portal.shtml`,
      pair.idp,
      emissionOf(change),
      userOf(name),
    );
    expect(shown).toEqual({ page: undefined, user: undefined, signIns: 1 });
  });

  test("another request → portal: mellon takes answers to no request, so it does not look at which one", async () => {
    const patch = [{ op: "set", path: `${AT}/subject/inResponseTo`, value: "_x" }];
    const start = `${pair.apache.origin}/portal.shtml`;
    expect(await signInAt(start, pair.idp, emissionOf({ patch }), "replayed@partner.example")).toMatchObject({
      page: "portal",
    });
  });

  test("signs out at both, and only then asks again", async () => {
    const agent = makeSamlAgent();
    const portal = `${pair.apache.origin}/portal.shtml`;
    expect(await visit(agent, portal)).toMatchObject({ form: { kind: "sign-in" } });
    const page = await agent.signIn(await visit(agent, portal));
    expect(
      (await follow(agent, await agent.post(page.form?.action ?? "", page.form?.fields ?? {}))).html,
    ).toContain("portal");
    const silent = await agent.open(
      `${pair.idp.origin}/saml/idp-initiated?sp=${encodeURIComponent(`${pair.apache.origin}/mellon/metadata`)}`,
    );
    expect(silent.form?.kind).toBe("post");
    const left = await visit(
      agent,
      `${pair.apache.origin}/mellon/logout?ReturnTo=${encodeURIComponent(`${pair.apache.origin}/public.html`)}`,
    );
    expect(parse(left.html).getElementById("page")?.text).toBe("public");
    expect(await visit(agent, portal)).toMatchObject({ form: { kind: "sign-in" } });
  });

  test("is told by the IdP that the person is gone", async () => {
    const agent = makeSamlAgent();
    const portal = `${pair.apache.origin}/portal.shtml`;
    const page = await agent.signIn(await visit(agent, portal));
    await agent.post(page.form?.action ?? "", page.form?.fields ?? {});
    const told = await visit(agent, `${pair.idp.origin}/saml/idp-logout`);
    expect(
      parse(told.html)
        .querySelectorAll("dd")
        .map(({ text }) => text),
    ).toEqual(["signed out", "signed out"]);
    expect(await visit(agent, portal)).toMatchObject({ form: { kind: "sign-in" } });
  });

  test("takes a sign-in that started at the IdP", async () => {
    const agent = makeSamlAgent();
    const query = new URLSearchParams({
      sp: `${pair.apache.origin}/mellon/metadata`,
      RelayState: `${pair.apache.origin}/portal.shtml`,
    });
    const answer = await agent.signIn(await agent.open(`${pair.idp.origin}/saml/idp-initiated?${query}`));
    const portal = await follow(
      agent,
      await agent.post(answer.form?.action ?? "", answer.form?.fields ?? {}),
    );
    expect(parse(portal.html).getElementById("page")?.text).toBe("portal");
  });
});

describe("mellon asking for REFEDS MFA", () => {
  let pair: Pair;

  beforeAll(async () => {
    pair = await startPair(() => ({}), `MellonAuthnContextClassRef "${REFEDS}"`);
  });

  afterAll(async () => await stopPair(pair));

  test.each([
    { name: "has it", change: {}, page: "portal" },
    {
      name: "has not, and the IdP says NoAuthnContext",
      change: { profile: "password-only" },
      page: undefined,
    },
    { name: "says its own class", change: { ignore: ["RequestedAuthnContext"] }, page: "denied" },
  ])("the sign-in $name → $page", async ({ name, change, page }) => {
    const start = `${pair.apache.origin}/portal.shtml`;
    expect((await signInAt(start, pair.idp, emissionOf(change), userOf(name))).page).toBe(page);
  });
});

type Page = Awaited<ReturnType<SamlAgent["open"]>>;

async function visit(agent: SamlAgent, url: string): Promise<Page> {
  return await follow(agent, await agent.open(url), url);
}

async function follow(agent: SamlAgent, page: Page, base = ""): Promise<Page> {
  if (page.location === undefined) return page;
  return await visit(agent, new URL(page.location, base === "" ? undefined : base).href);
}
