import { decodeJwt } from "jose";
import * as client from "openid-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { authorize, discover, emissionOf, PORTAL, redeem, signIn } from "../relying-party.ts";
import { makeUserAgent, type UserAgent, type Visit } from "../user-agent.ts";

let idp: MockIdp;
let portal: client.Configuration;

beforeAll(async () => {
  idp = await startIdp({ relyingParties: [PORTAL] });
  portal = await discover(idp);
});

afterAll(async () => {
  await idp.stop();
});

function kindOf({ page }: Visit): string | undefined {
  return page.querySelector("form")?.getAttribute("data-mfa-harness");
}

async function typeCode(agent: UserAgent, userCode: string): Promise<Visit> {
  const entry = await agent.get(`${idp.origin}/oidc/device`);
  expect(kindOf(entry)).toBe("device-code");
  return await agent.submit(entry, { user_code: userCode });
}

describe("device code (RFC 8628)", () => {
  const scope = "openid";

  test("the person types the code, confirms it and signs in; the device gets what the emission says", async () => {
    const device = await client.initiateDeviceAuthorization(portal, { scope });
    const agent = makeUserAgent(idp.origin);
    const confirm = await typeCode(agent, device.user_code.toLowerCase());
    expect(kindOf(confirm)).toBe("device-confirm");
    expect(confirm.html).toContain(device.user_code);
    const page = await agent.submit(confirm, {});
    expect(kindOf(page)).toBe("sign-in");
    const choice = idp.offer(
      emissionOf({ patch: [{ op: "set", path: "/idToken/claims/amr", value: ["x"] }] }),
      "under test",
    );
    const end = await agent.submit(page, { action: "sign-in", emission: choice });
    expect(end.html).toContain("Go back to the device");
    const tokens = await client.pollDeviceAuthorizationGrant(portal, { ...device, interval: 0 });
    expect(tokens.claims()?.["amr"]).toEqual(["x"]);
    expect(idp.issued(choice)).toHaveLength(1);
  });

  test("a link with the code in it leads to the same confirmation", async () => {
    const device = await client.initiateDeviceAuthorization(portal, { scope });
    const agent = makeUserAgent(idp.origin);
    const posting = await agent.get(device.verification_uri_complete ?? "");
    expect(kindOf(await agent.submit(posting, {}))).toBe("device-confirm");
  });

  test.each([
    { code: "AAAA-AAAA", says: "the code was not found" },
    { code: "", says: "no code submitted" },
    { code: "<script>alert(1)</script>", says: "the code was not found" },
  ])("code $code: $says", async ({ code, says }) => {
    const page = await typeCode(makeUserAgent(idp.origin), code);
    expect(kindOf(page)).toBe("device-code");
    expect(page.html).toContain(says);
    expect(page.html).not.toContain("<script");
  });

  test.each([
    { step: "confirmation", error: "access_denied" },
    { step: "sign-in", error: "access_denied" },
    { step: "nothing", error: "authorization_pending" },
  ])("$step cancelled or not done: the device is told $error", async ({ step, error }) => {
    const device = await client.initiateDeviceAuthorization(portal, { scope });
    const agent = makeUserAgent(idp.origin);
    const confirm = await typeCode(agent, device.user_code);
    if (step === "confirmation") await agent.submit(confirm, { abort: "yes" });
    if (step === "sign-in") await agent.submit(await agent.submit(confirm, {}), { action: "cancel" });
    const grant = { grant_type: "urn:ietf:params:oauth:grant-type:device_code" };
    expect(await redeem(idp, { ...grant, device_code: device.device_code })).toMatchObject({ error });
  });
});

describe("pushed authorization requests (RFC 9126)", () => {
  test("openid-client pushes its request and signs in", async () => {
    const url = await client.buildAuthorizationUrlWithPAR(portal, {
      redirect_uri: PORTAL.redirectUris[0],
      scope: "openid",
      acr_values: "pushed",
    });
    expect([...url.searchParams.keys()].toSorted()).toEqual(["client_id", "request_uri"]);
    const agent = makeUserAgent(idp.origin);
    const page = await agent.get(url);
    expect(page.html).toContain("pushed");
    const visit = await agent.submit(page, {});
    const tokens = await client.authorizationCodeGrant(portal, new URL(visit.url));
    expect(tokens.claims()).toMatchObject({ acr: "pushed" });
  });

  test("a request URI of somebody else is refused", async () => {
    const { url, status } = await authorize(idp, portal, {
      parameters: { request_uri: "urn:ietf:params:oauth:request_uri:made-up" },
    });
    expect([status, url]).toEqual([303, expect.stringContaining("error=invalid_request_uri")]);
  });
});

describe("introspection and revocation (RFC 7662, RFC 7009)", () => {
  test("a token is active until it is revoked", async () => {
    const { accessToken, claims } = await signIn(idp, portal, {});
    const seen = await client.tokenIntrospection(portal, accessToken);
    expect(seen).toMatchObject({ active: true, sub: claims.sub, client_id: "portal" });
    await client.tokenRevocation(portal, accessToken);
    expect(await client.tokenIntrospection(portal, accessToken)).toEqual({ active: false });
  });

  test("a token of another relying party is not shown", async () => {
    const { accessToken } = await signIn(idp, portal, {});
    idp.register({ ...PORTAL, clientId: "curious" });
    const curious = await discover(idp, { ...PORTAL, clientId: "curious" });
    expect(await client.tokenIntrospection(curious, accessToken)).toEqual({ active: false });
  });

  test("a code can be used once, and its second use takes the tokens back", async () => {
    const { url } = await authorize(idp, portal, {});
    const code = new URL(url).searchParams.get("code") ?? "";
    const grant = { grant_type: "authorization_code", code, redirect_uri: PORTAL.redirectUris[0] };
    const first = await redeem(idp, grant);
    expect(decodeJwt(String(first["id_token"]))["aud"]).toBe("portal");
    expect(await redeem(idp, grant)).toMatchObject({ error: "invalid_grant" });
    expect(await client.tokenIntrospection(portal, String(first["access_token"]))).toEqual({ active: false });
  });
});
