import * as client from "openid-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { authorize, discover, PORTAL, redeem } from "../relying-party.ts";
import { makeUserAgent } from "../user-agent.ts";

const REDIRECT_URI = PORTAL.redirectUris[0];
const BROWSER_ONLY = { ...PORTAL, clientId: "browser-only", responseTypes: ["id_token token"] };

let idp: MockIdp;
let portal: client.Configuration;

beforeAll(async () => {
  idp = await startIdp({ relyingParties: [PORTAL, BROWSER_ONLY] });
  portal = await discover(idp);
});

afterAll(async () => await idp.stop());

type Parameters = Readonly<Record<string, string>>;

async function byRequest(parameters: Parameters): Promise<string> {
  return (await authorize(idp, portal, { parameters })).url;
}

/** The same request, pushed ahead of the visit. */
async function byPushedRequest(parameters: Parameters): Promise<string> {
  const asked = { redirect_uri: REDIRECT_URI, ...parameters };
  const agent = makeUserAgent(idp.origin);
  const page = await agent.get(await client.buildAuthorizationUrlWithPAR(portal, asked));
  return (await agent.submit(page, {})).url;
}

/** Signs in, then refreshes, naming the scope again as RFC 6749 §6 allows. */
async function scopes(url: string, again: string): Promise<readonly unknown[]> {
  const code = new URL(url).searchParams.get("code") ?? "";
  const first = await redeem(idp, { grant_type: "authorization_code", code, redirect_uri: REDIRECT_URI });
  const token = String(first["refresh_token"]);
  const next = await redeem(idp, { grant_type: "refresh_token", refresh_token: token, scope: again });
  return [first["scope"], next["error"] ?? next["scope"]];
}

function words(scope: unknown): readonly string[] {
  return String(scope).split(" ").toSorted();
}

describe("offline_access", () => {
  test.each([
    { how: "in the URL", ask: byRequest, asked: "openid email offline_access", prompt: {} },
    { how: "pushed", ask: byPushedRequest, asked: "openid email offline_access", prompt: {} },
    {
      how: "with consent",
      ask: byRequest,
      asked: "openid offline_access email",
      prompt: { prompt: "consent" },
    },
    { how: "not at all", ask: byRequest, asked: "openid email", prompt: {} },
  ])("asked for $how: what was granted may be asked for again", async ({ ask, asked, prompt }) => {
    const [granted, again] = await scopes(await ask({ scope: asked, ...prompt }), asked);
    expect([words(granted), words(again)]).toEqual([words(asked), words(asked)]);
  });

  test("a refresh cannot ask for what was not granted", async () => {
    const url = await byRequest({ scope: "openid" });
    expect(await scopes(url, "openid offline_access")).toEqual(["openid", "invalid_scope"]);
  });

  test("it is not granted where there is nothing to redeem", async () => {
    const browserOnly = await discover(idp, BROWSER_ONLY);
    const parameters = { response_type: "id_token token", nonce: "n", scope: "openid offline_access" };
    const { url } = await authorize(idp, browserOnly, { parameters });
    expect(new URLSearchParams(new URL(url).hash.slice(1)).get("scope")).toBe("openid");
  });
});
