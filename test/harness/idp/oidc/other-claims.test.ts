import * as client from "openid-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { z } from "zod";
import { authorize, discover, PORTAL, signIn } from "../relying-party.ts";
import { makeUserAgent } from "../user-agent.ts";

let idp: MockIdp;

beforeAll(async () => {
  idp = await startIdp({ relyingParties: [PORTAL] });
});

afterAll(async () => {
  await idp.stop();
});

// Microsoft, "Developer guide to Conditional Access authentication context": how an app asks for a step-up.
const ENTRA = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';

describe("members of claims that are not understood are ignored (OIDC Core §5.5)", () => {
  test.each([
    ENTRA,
    "{}",
    '{"vp_token":null}',
    '{"access_token":"x","extra":[1]}',
    '{"id_token":{"xms_cc":{"values":["cp1"]},"unheard_of":null}}',
    '{"userinfo":{"unheard_of":{"essential":true}},"access_token":{"acrs":null}}',
    '{"id_token":{"acrs":{"essential":true,"value":"c1"},"amr":null}}',
  ])("%s", async (claims) => {
    const portal = await discover(idp);
    const { claims: told } = await signIn(idp, portal, { parameters: { claims } });
    expect(told["amr"]).toEqual(["pwd", "otp", "mfa"]);
  });

  test("a pushed request, too", async () => {
    const body = new URLSearchParams({
      client_id: PORTAL.clientId,
      client_secret: PORTAL.clientSecret,
      redirect_uri: PORTAL.redirectUris[0],
      response_type: "code",
      scope: "openid",
      claims: ENTRA,
    });
    const pushed = await fetch(`${idp.origin}/oidc/request`, { method: "POST", body });
    expect(pushed.status).toBe(201);
    const { request_uri: requestUri } = z.object({ request_uri: z.string() }).parse(await pushed.json());
    const { claims } = await signIn(idp, await discover(idp), { parameters: { request_uri: requestUri } });
    expect(claims["amr"]).toEqual(["pwd", "otp", "mfa"]);
  });

  test.each([ENTRA, "{}", '{"id_token":{"acrs":null},"vp_token":1}'])(
    "a request of a device with %s, too",
    async (claims) => {
      const portal = await discover(idp);
      const device = await client.initiateDeviceAuthorization(portal, { scope: "openid", claims });
      const agent = makeUserAgent(idp.origin);
      const entry = await agent.get(new URL(`${idp.origin}/oidc/device`));
      const confirm = await agent.submit(entry, { user_code: device.user_code });
      const page = await agent.submit(confirm, {});
      expect((await agent.submit(page, { action: "sign-in" })).html).toContain("Go back to the device");
      const tokens = await client.pollDeviceAuthorizationGrant(portal, { ...device, interval: 0 });
      expect(tokens.claims()?.["amr"]).toEqual(["pwd", "otp", "mfa"]);
    },
  );
});

test.each(["x", "[]", "1", '{"id_token":1}', '{"userinfo":[],"access_token":{}}'])(
  "claims=%s is still malformed",
  async (claims) => {
    const { url } = await authorize(idp, await discover(idp), { parameters: { claims } });
    expect(new URL(url).searchParams.get("error")).toBe("invalid_request");
  },
);
