import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { EmissionInput } from "../../../harness/emission/emission.ts";
import { makeChoices } from "../../../harness/idp/choices.ts";
import type { MockIdp } from "../../../harness/idp/mock-idp.ts";
import { emission } from "../../../harness/idp/read-emission.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { authorize, discover, PORTAL, redeem } from "./relying-party.ts";
import { makeSamlAgent } from "./saml/agent.ts";

let idp: MockIdp;

beforeAll(async () => {
  idp = await startIdp({ relyingParties: [PORTAL] });
});

afterAll(async () => await idp.stop());

function offer(input: EmissionInput): string {
  return idp.offer(emission(input), "under test");
}

describe("what is remembered of a choice", () => {
  const good = emission({ channel: "oidc", profile: "password-and-otp" });

  test.each<{
    name: string;
    act: (choices: ReturnType<typeof makeChoices>, id: string) => void;
    left: object;
  }>([
    { name: "nothing else", act: () => undefined, left: ["idToken", "userInfo"] },
    {
      name: "it is handed out again",
      act: (all, id) => all.handOut(id, "idToken"),
      left: ["idToken", "userInfo"],
    },
    { name: "it is changed", act: (all, id) => all.change(id, good), left: [] },
    { name: "it is withdrawn", act: (all, id) => all.withdraw(id), left: [] },
  ])("after $name", ({ act, left }) => {
    const choices = makeChoices();
    const id = choices.offer(good, "one");
    choices.handOut(id, "idToken");
    choices.handOut(id, "userInfo");
    act(choices, id);
    expect(choices.handedOut(id)).toEqual(left);
  });

  test("what is in use anew was not handed out yet, and what nobody offered is not remembered", () => {
    const choices = makeChoices();
    choices.use(good);
    choices.handOut("use-oidc", "idToken");
    choices.use(good);
    choices.handOut("nobody's", "idToken");
    expect([choices.handedOut("use-oidc"), choices.handedOut("nobody's")]).toEqual([[], []]);
  });
});

describe("documents of an issuer of its own", () => {
  test.each<{ channel: EmissionInput["channel"]; path: string; member: string }>([
    { channel: "oidc", path: "/oidc/.well-known/openid-configuration", member: "discovery" },
    { channel: "oidc", path: "/oidc/jwks", member: "jwks" },
    { channel: "saml", path: "/saml/metadata", member: "samlMetadata" },
    { channel: "eam", path: "/eam/.well-known/openid-configuration", member: "eamDiscovery" },
    { channel: "eam", path: "/eam/jwks", member: "eamJwks" },
  ])("$path hands out $member, the shared one does not", async ({ channel, path, member }) => {
    const choice = offer({ channel, profile: "password-and-otp" });
    await fetch(`${idp.origin}${path}`);
    expect(idp.handedOut(choice)).toEqual([]);
    expect((await fetch(`${idp.origin}/fault/${choice}${path}`)).status).toBe(200);
    expect(idp.handedOut(choice)).toEqual([member]);
  });
});

test("a sign-in by code hands out one thing after the other", async () => {
  const portal = await discover(idp);
  const choice = offer({ channel: "oidc", profile: "password-and-otp" });
  const { url } = await authorize(idp, portal, { choice });
  expect(idp.handedOut(choice)).toEqual(["authorizationResponse"]);
  const code = new URL(url).searchParams.get("code") ?? "";
  const grant = { grant_type: "authorization_code", code, redirect_uri: PORTAL.redirectUris[0] };
  const tokens = await redeem(idp, grant);
  expect(idp.handedOut(choice)).toEqual(["authorizationResponse", "idToken", "tokenResponse"]);
  const authorization = `Bearer ${String(tokens["access_token"])}`;
  await fetch(`${idp.origin}/oidc/me`, { headers: { authorization } });
  await redeem(idp, { grant_type: "refresh_token", refresh_token: String(tokens["refresh_token"]) });
  expect(idp.handedOut(choice)).toEqual([
    "authorizationResponse",
    "idToken",
    "tokenResponse",
    "userInfo",
    "refreshedIdToken",
  ]);
});

test("a code that is refused hands out nothing", async () => {
  const portal = await discover(idp);
  const choice = offer({ channel: "oidc", profile: "password-and-otp" });
  const { url } = await authorize(idp, portal, { choice });
  const code = new URL(url).searchParams.get("code") ?? "";
  await redeem(idp, { grant_type: "authorization_code", code, redirect_uri: "http://127.0.0.1:9/elsewhere" });
  expect(idp.handedOut(choice)).toEqual(["authorizationResponse"]);
});

test.each([
  { what: "a sign-in", cancels: false, members: ["samlResponse"] },
  { what: "a person who cancelled", cancels: true, members: [] },
])("a SAML answer about $what hands out $members", async ({ cancels, members }) => {
  const choice = offer({ channel: "saml", profile: "password-and-otp" });
  const asked = new URLSearchParams({ sp: "urn:sp", acs: "http://127.0.0.1:9/acs" });
  const agent = makeSamlAgent();
  const page = await agent.open(`${idp.origin}/saml/idp-initiated?${asked}`);
  const fields = { ...page.form?.fields, emission: choice, action: cancels ? "cancel" : "sign-in" };
  expect((await agent.post(page.form?.action ?? "", fields)).html).toContain("SAMLResponse");
  expect(idp.handedOut(choice)).toEqual(members);
});
