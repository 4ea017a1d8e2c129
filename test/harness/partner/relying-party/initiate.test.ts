import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "node-html-parser";
import { ownIssuerBase } from "../../../../harness/idp/own-issuer.ts";
import { startWalk } from "../walk.ts";
import { makeEmission, startStage, type Stage } from "../stage.ts";
import { serve } from "../../transport/serve.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
});

afterAll(async () => {
  await stage[Symbol.asyncDispose]();
});

function initiate(parameters: Readonly<Record<string, string>>): string {
  const url = new URL("/initiate", stage.partners.relyingParty.origin);
  url.search = new URLSearchParams(parameters).toString();
  return url.href;
}

async function reasonOf(answer: Response): Promise<string | undefined> {
  return parse(await answer.text()).getElementById("reason")?.text;
}

// OIDC Core §4: whoever sends the browser here is nobody to be trusted.
describe("a sign-in that somebody else begins", () => {
  test("an issuer on another origin is not asked at all", async () => {
    let asked = 0;
    await using other = await serve((_request, response) => {
      asked += 1;
      response.end("{}");
    });
    const names = [other.origin, `${other.origin}/oidc`, `${stage.idp.origin}@${other.origin.slice(7)}`];
    for (const iss of names) {
      const answer = await fetch(initiate({ iss }), { redirect: "manual" });
      expect(answer.status).toBe(400);
      expect(await reasonOf(answer)).toBe("this issuer is none that is asked here");
    }
    expect(asked).toBe(0);
  });

  test.each([
    { iss: "no URL", reason: "this issuer is none that is asked here" },
    { iss: "", reason: "this issuer is none that is asked here" },
    { iss: "file:///etc/hosts", reason: "this issuer is none that is asked here" },
  ])("iss $iss → $reason", async ({ iss, reason }) => {
    expect(await reasonOf(await fetch(initiate({ iss })))).toBe(reason);
  });

  test("without an issuer it says so", async () => {
    expect(await reasonOf(await fetch(initiate({})))).toBe("the request names no issuer");
  });

  test("an issuer below that does not exist is one sentence", async () => {
    const answer = await fetch(initiate({ iss: `${stage.idp.origin}/fault/none/oidc` }));
    expect(answer.status).toBe(400);
    expect(await reasonOf(answer)).toMatch(/^unexpected HTTP response/);
  });

  test("another spelling of the same address is another issuer", async () => {
    const iss = `${stage.idp.origin}/x/../oidc`;
    expect(await reasonOf(await fetch(initiate({ iss })))).toMatch(/issuer/);
  });

  test.each([
    { target: "/customers", leadsTo: "/customers" },
    { target: "/portal?x=1", leadsTo: "/portal" },
    { target: "https://elsewhere.example/customers", leadsTo: "/portal" },
    { target: "//elsewhere.example/customers", leadsTo: "/portal" },
    { target: "/sign-out", leadsTo: "/portal" },
    { target: "javascript:alert(1)", leadsTo: "/portal" },
  ])("target_link_uri $target leads to $leadsTo", async ({ target, leadsTo }) => {
    const { idp, partners } = stage;
    const choice = idp.offer(makeEmission("oidc"), target);
    const walk = startWalk({ idpOrigin: idp.origin, user: "agent@partner.example", choice });
    const start = initiate({ iss: idp.trust.oidcIssuer, target_link_uri: target });
    const { location } = await walk.send(await walk.until(start, "/callback"));
    expect(new URL(location ?? "", partners.relyingParty.origin).href).toBe(
      `${partners.relyingParty.origin}${leadsTo}`,
    );
  });

  test("by POST it is the same", async () => {
    const body = new URLSearchParams({ iss: stage.idp.trust.oidcIssuer });
    const answer = await fetch(initiate({}), { method: "POST", body, redirect: "manual" });
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toMatch(`${stage.idp.trust.oidcIssuer}/auth?`);
  });
});

test("signed in with an issuer of its own, the page says so, and signing in again asks that one", async () => {
  const { idp, partners } = stage;
  const choice = idp.offer(makeEmission("oidc"), "own");
  const issuer = `${ownIssuerBase(idp.origin, choice)}/oidc`;
  const walk = startWalk({ idpOrigin: idp.origin, user: "agent@partner.example", choice });
  const callback = await walk.until(initiate({ iss: issuer }), "/callback");
  await walk.send(callback);
  const portal = new URL("/portal", partners.relyingParty.origin);
  expect((await walk.send({ method: "GET", url: portal })).html).toContain(`<dd>${issuer}</dd>`);
  const again = new URL("/sign-in-again", partners.relyingParty.origin);
  const { location } = await walk.send({ method: "GET", url: again });
  expect(location).toMatch(`${issuer}/auth?`);
});

describe("back-channel logout by HTTP", () => {
  test.each([
    { what: "no token", body: {}, reason: "the form holds no logout_token" },
    { what: "no JWT", body: { logout_token: "x" }, reason: /Invalid/ },
    {
      what: "an issuer that nobody is signed in with",
      body: { logout_token: `e30.${Buffer.from('{"iss":"https://x.example"}').toString("base64url")}.` },
      reason: "nobody is signed in with this issuer",
    },
  ])("$what: 400, and not to be cached", async ({ body, reason }) => {
    const { backChannelLogoutUri } = stage.partners.relyingParty;
    const answer = await fetch(backChannelLogoutUri, { method: "POST", body: new URLSearchParams(body) });
    expect({ status: answer.status, caching: answer.headers.get("cache-control") }).toEqual({
      status: 400,
      caching: "no-store",
    });
    const said = await answer.text();
    expect(said).toContain('"error":"invalid_request"');
    expect(said).toMatch(reason);
  });
});
