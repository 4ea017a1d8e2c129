import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emissionSchema } from "../../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { makeSamlAgent, type SamlAgent } from "./agent.ts";
import { decoded, LOGOUT_USER, logoutRequest, logoutResponse, STATUS } from "./logout-messages.ts";
import { partnerKey, partnerMetadata } from "./partner.ts";
import { authnRequest, deflated, encoded, SAMPLE_SP } from "./requests.ts";

const POST_SP = "http://127.0.0.1:9/post";

let idp: MockIdp;

beforeAll(async () => {
  const logout = [["HTTP-POST", `${POST_SP}/slo`]] as const;
  idp = await startIdp({
    serviceProviderMetadata: [
      partnerMetadata({ signing: partnerKey(), logout }),
      partnerMetadata({ entityId: POST_SP, acs: `${POST_SP}/acs`, logout }),
    ],
  });
});

afterAll(async () => await idp.stop());

function startUrl(entityId: string): string {
  return `${idp.origin}/saml/idp-initiated?${new URLSearchParams({ sp: entityId })}`;
}

async function signedIn(): Promise<SamlAgent> {
  const agent = makeSamlAgent();
  await agent.signIn(await agent.open(startUrl(POST_SP)), { user: LOGOUT_USER });
  return agent;
}

/** Whether the IdP still knows the person. */
async function isKnown(agent: SamlAgent): Promise<boolean> {
  return (await agent.open(startUrl(POST_SP))).form?.kind === "post";
}

describe("what an emission says of a logout", () => {
  test.each([
    {
      patch: { op: "set", path: "/samlLogoutResponse/status", value: [`${STATUS}Responder`] },
      has: /Value="[^"]+:Responder"/,
    },
    {
      patch: { op: "set", path: "/samlLogoutResponse/inResponseTo", value: "_x" },
      has: / InResponseTo="_x"/,
    },
    { patch: { op: "remove", path: "/samlLogoutResponse/issuer" }, has: /^(?!.*Issuer)/ },
    {
      patch: { op: "shift", path: "/samlLogoutResponse/issueInstant", seconds: -1e9 },
      has: / IssueInstant="199/,
    },
    { patch: { op: "set", path: "/samlLogoutResponse/statusMessage", value: "<no>" }, has: /&lt;no&gt;/ },
    { patch: { op: "remove", path: "/samlLogoutResponse/id" }, has: /^(?!.*[^a-zA-Z]ID=)(?!.*Signature)/ },
  ])("$patch.op $patch.path", async ({ patch, has }) => {
    const alone = makeSamlAgent();
    const emission = emissionSchema.parse({ channel: "saml", profile: "password-only", patch: [patch] });
    const page = await alone.open(startUrl(POST_SP));
    await alone.signIn(page, { user: LOGOUT_USER, emission: idp.offer(emission, "of a test") });
    const answer = await alone.post(`${idp.origin}/saml/slo`, {
      SAMLRequest: encoded(logoutRequest(POST_SP)),
    });
    expect(decoded(answer, "SAMLResponse")).toMatch(has);
  });

  test("one that cannot be written is an error page that says why", async () => {
    const agent = makeSamlAgent();
    const patch = [{ op: "set", path: "/samlLogoutResponse/colour", value: "red" }];
    const emission = emissionSchema.parse({ channel: "saml", profile: "password-only", patch });
    const page = await agent.open(startUrl(POST_SP));
    await agent.signIn(page, { user: LOGOUT_USER, emission: idp.offer(emission, "of a test") });
    const answer = await agent.post(`${idp.origin}/saml/slo`, {
      SAMLRequest: encoded(logoutRequest(POST_SP)),
    });
    expect(answer.status).toBe(500);
    expect(answer.html).toContain("colour");
  });
});

describe("hostile messages end nothing", () => {
  const good = logoutRequest(POST_SP);

  test.each<[string, Record<string, string>]>([
    ["nothing", {}],
    ["garbage", { SAMLRequest: "%%%" }],
    ["an AuthnRequest", { SAMLRequest: encoded(authnRequest()) }],
    ["a DOCTYPE", { SAMLRequest: encoded(`<!DOCTYPE a>${good}`) }],
    ["no NameID", { SAMLRequest: encoded(good.replace(/<NameID>.*<\/NameID>/, "")) }],
    [
      "a NotOnOrAfter that is no time",
      { SAMLRequest: encoded(logoutRequest(POST_SP, LOGOUT_USER, `NotOnOrAfter="x"`)) },
    ],
    ["of one with keys, unsigned", { SAMLRequest: encoded(logoutRequest(SAMPLE_SP.entityId)) }],
    ["an answer to nothing", { SAMLResponse: encoded(logoutResponse(POST_SP, "_none")) }],
    [
      "an answer without status",
      { SAMLResponse: encoded(logoutResponse(POST_SP, "_none").replace(/<p:StatusCode[^>]*>/, "")) },
    ],
  ])("%s", async (_what, fields) => {
    const agent = await signedIn();
    const page = await agent.post(`${idp.origin}/saml/slo`, fields);
    expect(page).toMatchObject({ status: 400, form: undefined });
    expect(await isKnown(agent)).toBe(true);
  });

  test.each(["https://evil.example/", "javascript:alert(1)", "//evil.example"])(
    "an answer to %s",
    async (slo) => {
      const query = new URLSearchParams({ slo, SAMLRequest: deflated(logoutRequest("urn:x")) });
      expect(await makeSamlAgent().open(`${idp.origin}/saml/slo?${query}`)).toMatchObject({
        status: 400,
        location: undefined,
      });
    },
  );
});
