import * as client from "openid-client";
import { parse } from "node-html-parser";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { callApi } from "../../harness/idp/api/client.ts";
import {
  authorize,
  discover,
  emissionOf,
  PORTAL,
  redeem,
  refresh,
  signIn,
} from "../../harness/idp/relying-party.ts";
import { makeSamlAgent } from "../../harness/idp/saml/agent.ts";
import { authnRequest, deflated } from "../../harness/idp/saml/requests.ts";
import { responseXml } from "../../harness/idp/saml/sign-in.ts";
import { makeUserAgent } from "../../harness/idp/user-agent.ts";
import { addressOf, type Replicas, startReplicas } from "../../support/replicas.ts";

let replicas: Replicas;
let portal: client.Configuration;

beforeAll(async () => {
  replicas = await startReplicas({ relyingParties: [PORTAL] });
  portal = await discover(replicas.one);
});

afterAll(async () => await replicas[Symbol.asyncDispose]());

beforeEach(() => {
  const { balancer, one, two } = replicas;
  balancer.balance(addressOf(one), addressOf(two));
});

/** Paths that each replica answered, to show that the steps of one sign-in met both. */
function answered(path: string): number {
  const passed = replicas.balancer.passed().filter((one) => one.path.startsWith(path));
  return new Set(passed.map(({ to }) => to)).size;
}

test("both show the same keys, certificates and documents", async () => {
  const { one, two } = replicas;
  expect(two.trust).toEqual(one.trust);
  const paths = [
    "oidc/jwks",
    "eam/jwks",
    "oidc/.well-known/openid-configuration",
    "saml/metadata",
    "wsfed/metadata",
  ];
  for (const path of paths) {
    const [here, there] = await Promise.all(
      [one, two].map(async (idp) => await (await fetch(`${addressOf(idp)}/${path}`)).text()),
    );
    expect(there).toBe(here);
  }
});

describe("OpenID Connect", () => {
  test("a sign-in whose every step meets the other replica, then single sign-on and refresh", async () => {
    const { one, balancer } = replicas;
    const agent = makeUserAgent(one.origin);
    const first = await signIn(one, portal, { agent, user: "round", choice: "oidc-password-only" });
    const second = await signIn(one, portal, { agent });
    const third = await refresh(one, first);
    const told = [first, second, third].map(({ claims }) => [claims.sub, claims["amr"]]);
    expect(told).toEqual(Array.from({ length: 3 }, () => ["round", ["pwd"]]));
    expect(answered("/oidc/auth")).toBe(2);
    expect(answered("/oidc/token")).toBe(2);
    expect(balancer.passed().filter(({ path }) => path.startsWith("/oidc/sign-in"))).toHaveLength(1);
  });

  test("a code that both replicas are asked for at once is good for one", async () => {
    const { one, two } = replicas;
    const { url } = await authorize(one, portal, {});
    const code = new URL(url).searchParams.get("code") ?? "";
    const asked = { grant_type: "authorization_code", code, redirect_uri: PORTAL.redirectUris[0] };
    const answers = await Promise.all(
      [one, two, one, two].map(async (idp) => await redeem({ ...idp, origin: addressOf(idp) }, asked)),
    );
    const errors = answers.map(({ error }) => error);
    expect(errors.filter((error) => error === undefined)).toHaveLength(1);
    expect(new Set(errors)).toEqual(new Set([undefined, "invalid_grant"]));
  });

  test("a relying party that was registered at one may use the other", async () => {
    const { one, two } = replicas;
    const redirectUris = ["https://app.example.test/callback"];
    one.register({ clientId: "late", redirectUris });
    const query = new URLSearchParams({
      client_id: "late",
      redirect_uri: redirectUris[0] ?? "",
      response_type: "code",
      scope: "openid",
      code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
      code_challenge_method: "S256",
    });
    await callApi(one, "GET", "/emission");
    const response = await fetch(`${addressOf(two)}/oidc/auth?${query}`, { redirect: "manual" });
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('data-mfa-harness="sign-in"');
  });

  test("a sign-out at one ends the session at the other", async () => {
    const { one } = replicas;
    const agent = makeUserAgent(one.origin);
    await signIn(one, portal, { agent });
    await agent.get(`${one.origin}/oidc/session/end`);
    const url = client.buildAuthorizationUrl(portal, {
      redirect_uri: PORTAL.redirectUris[0],
      scope: "openid",
    });
    for (const page of [await agent.get(url), await agent.get(url)]) {
      expect(page.page.querySelector("form[data-mfa-harness=sign-in]")).not.toBeNull();
    }
  });

  test("an issuer of one scenario is the same one at both", async () => {
    const { one } = replicas;
    const choice = one.offer(emissionOf({ profile: "password-only" }), "of both");
    await callApi(one, "GET", "/emission");
    const issuer = `${one.origin}/fault/${choice}/oidc`;
    const own = {
      ...one,
      origin: `${one.origin}/fault/${choice}`,
      trust: { ...one.trust, oidcIssuer: issuer },
    };
    const { claims } = await signIn(own, await discover(own), { agent: makeUserAgent(one.origin) });
    expect([claims.iss, claims["amr"]]).toEqual([issuer, ["pwd"]]);
    expect(answered(`/fault/${choice}/oidc/`)).toBe(2);
  });
});

function askForSaml(origin: string): string {
  return `${origin}/saml/sso?${new URLSearchParams({ SAMLRequest: deflated(authnRequest()) })}`;
}

describe("SAML", () => {
  test("the session of one answers at the other, and is over for both", async () => {
    const { one, two } = replicas;
    const agent = makeSamlAgent();
    const first = await agent.signIn(await agent.open(askForSaml(one.origin)), { user: "saml-round" });
    const silent = [
      await agent.open(askForSaml(addressOf(one))),
      await agent.open(askForSaml(addressOf(two))),
    ];
    const index = (page: typeof first): string | undefined =>
      /SessionIndex="([^"]+)"/.exec(responseXml(page))?.[1];
    expect(silent.map(index)).toEqual([index(first), index(first)]);
    await agent.open(`${one.origin}/saml/idp-logout`);
    const after = [
      await agent.open(askForSaml(addressOf(one))),
      await agent.open(askForSaml(addressOf(two))),
    ];
    expect(after.map(({ form }) => form?.kind)).toEqual(["sign-in", "sign-in"]);
  });
});

describe("second factors", () => {
  const START = { wa: "wsignin1.0", wtrealm: "urn:app", wreply: "http://127.0.0.1:9/signin" };
  const PERSON = { action: "continue", password: "any" };

  async function begin(user: string, factor: string) {
    const agent = makeUserAgent(replicas.one.origin);
    const first = await agent.get(`${replicas.one.origin}/wsfed?${new URLSearchParams(START)}`);
    const page = await agent.submit(first, { ...PERSON, user, factor, emission: "wsfed-password-and-otp" });
    return { agent, page };
  }

  test("a push that one shows is approved at the other, once", async () => {
    const { agent, page } = await begin("pushed", "push");
    const number = page.page.querySelector("#push-number")?.text.trim() ?? "";
    const approve = async () => await agent.submit(page, { action: "continue", number });
    const [first, again] = [await approve(), await approve()];
    // It says that the emission tells of a code: the push was taken.
    expect(first.html).toContain("Said and done differ");
    expect(again.html).toContain("answered before");
  });

  test("a code that opened at one does not open at the other", async () => {
    const sent = await Promise.all([begin("coded", "totp"), begin("coded", "totp"), begin("coded", "totp")]);
    const code = sent[0]?.page.page.querySelector("#current-code")?.text.trim() ?? "";
    const pages = await Promise.all(
      sent.map(async ({ agent, page }) => await agent.submit(page, { action: "continue", code })),
    );
    expect(pages.filter(({ html }) => html.includes("wresult"))).toHaveLength(1);
    expect(pages.filter(({ html }) => html.includes("used before"))).toHaveLength(2);
  });
});

describe("the live API", () => {
  test("use and reset of one are what the other says", async () => {
    const { one, two } = replicas;
    const inUse = async (idp: typeof one) => (await callApi(idp, "GET", "/emission")).body;
    await callApi(one, "PUT", "/emission", { body: { channel: "oidc", profile: "password-only" } });
    expect(await inUse(two)).toMatchObject({ oidc: { emission: { profile: "password-only" } } });
    expect(two.inUse().oidc?.emission.profile).toBe("password-only");
    const { claims } = await signIn(one, portal);
    expect(claims["amr"]).toEqual(["pwd"]);
    await callApi(two, "POST", "/reset");
    expect(await inUse(one)).toMatchObject({ oidc: { emission: { profile: "password-and-otp" } } });
  });

  test("offers, what was issued under them and the journal are told by both", async () => {
    const { one, two } = replicas;
    await callApi(two, "DELETE", "/journal");
    const body = { title: "seen by both", emission: { channel: "oidc", profile: "password-only" } };
    const offered = await callApi(one, "POST", "/offers", { body });
    const { choice } = Object.assign({ choice: "" }, offered.body);
    expect((await callApi(two, "GET", "/offers")).body).toContainEqual(expect.objectContaining({ choice }));
    const { idToken } = await signIn(one, portal, { choice, user: "issued" });
    for (const idp of [one, two]) {
      const issued = await callApi(idp, "GET", `/issued?choice=${choice}`);
      expect(issued.body).toEqual([expect.objectContaining({ user: "issued", artifact: idToken })]);
    }
    const journals = await Promise.all([one, two].map(async (idp) => await callApi(idp, "GET", "/journal")));
    for (const { body: entries } of journals) {
      expect(entries).toContainEqual(
        expect.objectContaining({ path: "/oidc/token", issued: ["id-token"], choice }),
      );
      expect(entries).toContainEqual(expect.objectContaining({ path: "/oidc/auth", who: "portal" }));
    }
    expect((await callApi(two, "DELETE", `/offers/${choice}`)).status).toBe(204);
    expect((await callApi(one, "GET", `/issued?choice=${choice}`)).status).toBe(404);
  });

  test("a rotation at one is one at the other", async () => {
    const { one, two } = replicas;
    const before = one.trust.jwks.keys[0]?.["kid"];
    await two.rotateKeys({ overlap: true });
    const kids = async (idp: typeof one): Promise<readonly unknown[]> => {
      const jwks: unknown = await (await fetch(`${addressOf(idp)}/oidc/jwks`)).json();
      const { keys } = Object.assign({ keys: [] }, jwks);
      return keys.map(({ kid }) => kid);
    };
    const [here, there] = [await kids(one), await kids(two)];
    expect(here).toEqual(there);
    expect(here.indexOf(before)).toBe(1);
  });
});

test("a replica that is started anew knows every session; one that stops takes none along", async () => {
  const { one, two, balancer, start } = replicas;
  const agent = makeUserAgent(one.origin);
  const first = await signIn(one, portal, { agent, user: "kept", choice: "oidc-password-only" });
  const third = await start();
  balancer.balance(addressOf(third));
  const second = await signIn(third, portal, { agent });
  await third.stop();
  balancer.balance(addressOf(two));
  const refreshed = await refresh(two, first);
  const told = [second, refreshed].map(({ claims }) => [claims.sub, claims["amr"]]);
  expect(told).toEqual([
    ["kept", ["pwd"]],
    ["kept", ["pwd"]],
  ]);
});

test("one clock is set for both", async () => {
  const { one, two } = replicas;
  one.clock.set({ shift: 7200 });
  await callApi(one, "GET", "/emission");
  await callApi(two, "GET", "/emission");
  expect(two.clock.read().ahead).toBe(7200);
  two.clock.reset();
  await callApi(two, "GET", "/emission");
  await callApi(one, "GET", "/emission");
  expect(one.clock.read().ahead).toBe(0);
});

test("the sign-in page of both offers the same", async () => {
  const { one, two } = replicas;
  one.offer(emissionOf({ profile: "password-only" }), "<b>once & for all</b>");
  await callApi(one, "GET", "/emission");
  const pages = await Promise.all(
    [one, two].map(async (idp) => parse(await (await fetch(askForSaml(addressOf(idp)))).text())),
  );
  const [here, there] = pages.map((page) => page.querySelectorAll("[name=emission]").map(String));
  expect(there).toEqual(here);
});
