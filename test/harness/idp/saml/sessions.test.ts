import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emissionSchema } from "../../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { type AgentPage, makeSamlAgent, type SamlAgent } from "./agent.ts";
import { authnRequest, deflated, SAMPLE_SP } from "./requests.ts";
import { responseXml } from "./sign-in.ts";

const ACS = `AssertionConsumerServiceURL="${SAMPLE_SP.acs}"`;
const REFEDS = "https://refeds.org/profile/mfa";
const STATUS = "urn:oasis:names:tc:SAML:2.0:status:";
const START = 1_800_000_000;

let idp: MockIdp;
let clock = START;

beforeAll(async () => {
  idp = await startIdp({ now: () => clock });
});

afterAll(async () => await idp.stop());

function ask(agent: SamlAgent, attributes = "", content = ""): Promise<AgentPage> {
  const query = new URLSearchParams({ SAMLRequest: deflated(authnRequest(`${ACS} ${attributes}`, content)) });
  return agent.open(`${idp.origin}/saml/sso?${query}`);
}

function offer(changes: object): string {
  const emission = emissionSchema.parse({ channel: "saml", profile: "password-and-otp", ...changes });
  return idp.offer(emission, "offered by a test");
}

function context(...classRefs: readonly string[]): string {
  const refs = classRefs.map((ref) => `<saml:AuthnContextClassRef>${ref}</saml:AuthnContextClassRef>`);
  return `<samlp:RequestedAuthnContext>${refs.join("")}</samlp:RequestedAuthnContext>`;
}

function statusOf(page: AgentPage): readonly (string | undefined)[] {
  const codes = [...responseXml(page).matchAll(/StatusCode Value="([^"]+)"/g)];
  return codes.map(([, value]) => value?.replace(STATUS, ""));
}

function valueOf(page: AgentPage, pattern: RegExp): string | undefined {
  return pattern.exec(responseXml(page))?.[1];
}

const INSTANT = /AuthnInstant="([^"]+)"/;
const INDEX = /SessionIndex="([^"]+)"/;
const CLASS = /<saml:AuthnContextClassRef>([^<]+)/;
const MULTIPLE = "http://schemas.microsoft.com/claims/multipleauthn";

async function signedIn(
  changes: object = {},
): Promise<{ agent: SamlAgent; first: AgentPage; choice: string }> {
  clock = START;
  const agent = makeSamlAgent();
  const choice = offer(changes);
  const first = await agent.signIn(await ask(agent), { user: "u-1", emission: choice });
  clock = START + 600;
  return { agent, first, choice };
}

describe("a second request of the same user agent", () => {
  test("is answered without a page, by the same emission, with the instant of the sign-in", async () => {
    const { agent, first, choice } = await signedIn({ profile: "password-only" });
    const second = await ask(agent);
    expect(second.form).toMatchObject({ kind: "post", action: SAMPLE_SP.acs });
    expect(valueOf(second, INSTANT)).toBe("2027-01-15T08:00:00Z");
    expect(valueOf(second, INSTANT)).toBe(valueOf(first, INSTANT));
    expect(valueOf(second, INDEX)).toBe(valueOf(first, INDEX));
    expect(valueOf(second, /<samlp:Response[^>]* IssueInstant="([^"]+)"/)).toBe("2027-01-15T08:10:00Z");
    expect(responseXml(second)).toContain(">u-1<");
    expect(idp.issued(choice).map(({ artifact }) => artifact)).toEqual([first, second].map(responseXml));
  });

  test("passive is answered too", async () => {
    const { agent } = await signedIn();
    expect(statusOf(await ask(agent, `IsPassive="true"`))).toEqual(["Success"]);
  });

  test.each([
    { what: "ForceAuthn", attributes: `ForceAuthn="true"`, content: "" },
    { what: "a class that the session cannot state", attributes: "", content: context(REFEDS) },
  ])("with $what asks again", async ({ attributes, content }) => {
    const { agent } = await signedIn({ profile: "password-only" });
    expect((await ask(agent, attributes, content)).form?.kind).toBe("sign-in");
  });

  test.each([
    { what: "ForceAuthn", attributes: `ForceAuthn="true" IsPassive="true"`, content: "" },
    { what: "such a class", attributes: `IsPassive="true"`, content: context(REFEDS) },
  ])("passive with $what cannot be answered", async ({ attributes, content }) => {
    const { agent } = await signedIn({ profile: "password-only" });
    expect(statusOf(await ask(agent, attributes, content))).toEqual(["Responder", "NoPassive"]);
  });

  test("with ForceAuthn has a new instant once the person signed in again", async () => {
    const { agent } = await signedIn();
    const again = await agent.signIn(await ask(agent, `ForceAuthn="true"`), { user: "u-1" });
    expect(valueOf(again, INSTANT)).toBe("2027-01-15T08:10:00Z");
  });

  test.each([
    { ignore: ["ForceAuthn"], attributes: `ForceAuthn="true"`, content: "", classRef: MULTIPLE },
    { ignore: ["RequestedAuthnContext"], attributes: "", content: context("urn:x"), classRef: MULTIPLE },
    { ignore: [], attributes: "", content: context(REFEDS), classRef: REFEDS },
  ])("ignoring $ignore: $attributes$content is answered at once", async (sent) => {
    const { agent } = await signedIn({ ignore: sent.ignore });
    const second = await ask(agent, sent.attributes, sent.content);
    expect(valueOf(second, CLASS)).toBe(sent.classRef);
    expect(valueOf(second, INSTANT)).toBe("2027-01-15T08:00:00Z");
  });
});

test("IsPassive is ignored by an emission in use that says so", async () => {
  await idp.use(emissionSchema.parse({ channel: "saml", profile: "password-only", ignore: ["IsPassive"] }));
  const page = await ask(makeSamlAgent(), `IsPassive="true"`);
  idp.reset();
  expect(page.form?.kind).toBe("sign-in");
  expect(statusOf(await ask(makeSamlAgent(), `IsPassive="true"`))).toEqual(["Responder", "NoPassive"]);
});

describe("RequestedAuthnContext at a sign-in", () => {
  const declaration = "<saml:AuthnContextDeclRef>urn:d</saml:AuthnContextDeclRef>";
  const byDeclaration = `<samlp:RequestedAuthnContext>${declaration}</samlp:RequestedAuthnContext>`;
  const path = "/samlResponse/assertion/authnStatement/classRef";

  test.each([
    {
      what: "a class that is true is stated",
      changes: {},
      content: context("urn:x", REFEDS),
      classRef: REFEDS,
    },
    { what: "none is asked for", changes: {}, content: "", classRef: MULTIPLE },
    {
      what: "a patch wins",
      changes: { patch: [{ op: "set", path, value: "urn:patched" }] },
      content: context("urn:x"),
      classRef: "urn:patched",
    },
  ])("$what", async ({ changes, content, classRef }) => {
    const agent = makeSamlAgent();
    const answer = await agent.signIn(await ask(agent, "", content), { emission: offer(changes) });
    expect(statusOf(answer)).toEqual(["Success"]);
    expect(valueOf(answer, CLASS)).toBe(classRef);
  });

  test.each([
    { what: "MFA of a password", changes: { profile: "password-only" }, content: context(REFEDS, MULTIPLE) },
    { what: "a class nobody knows", changes: {}, content: context("urn:x") },
    { what: "a declaration", changes: {}, content: byDeclaration },
  ])("$what is NoAuthnContext, recorded under the choice", async ({ changes, content }) => {
    const agent = makeSamlAgent();
    const choice = offer(changes);
    const answer = await agent.signIn(await ask(agent, "", content), { emission: choice });
    expect(statusOf(answer)).toEqual(["Responder", "NoAuthnContext"]);
    expect(valueOf(answer, /<samlp:StatusMessage>([^<:]+)/)).toBe("NoAuthnContext");
    expect(responseXml(answer)).not.toContain("<saml:Assertion");
    expect(idp.issued(choice).map(({ artifact }) => artifact)).toEqual([responseXml(answer)]);
  });
});

function start(fields: Readonly<Record<string, string>>): string {
  return `${idp.origin}/saml/idp-initiated?${new URLSearchParams(fields)}`;
}

describe("started at the IdP", () => {
  const known = { sp: SAMPLE_SP.entityId, acs: SAMPLE_SP.acs };

  test("the response answers no request", async () => {
    const agent = makeSamlAgent();
    const page = await agent.open(start({ ...known, RelayState: `"><script>` }));
    expect(page.form).toMatchObject({ kind: "sign-in" });
    expect(page.html).not.toContain("><script>");
    const answer = await agent.signIn(page, { user: "<script>&" });
    expect(answer.form).toMatchObject({ action: SAMPLE_SP.acs, fields: { RelayState: `"><script>` } });
    expect(responseXml(answer)).not.toContain("InResponseTo");
    expect(responseXml(answer)).toContain("&lt;script&gt;&amp;");
    expect(valueOf(answer, /<saml:Audience>([^<]+)/)).toBe(SAMPLE_SP.entityId);
    expect((await agent.open(start(known))).form).toMatchObject({ kind: "post", action: SAMPLE_SP.acs });
  });

  test.each<Record<string, string>>([
    {},
    { sp: "" },
    { sp: "https://sp.example" },
    { sp: "https://sp.example", acs: "https://evil.example/acs" },
    { sp: "https://sp.example", acs: "javascript:alert(1)" },
    { sp: "a\u0001", acs: SAMPLE_SP.acs },
    { sp: "x".repeat(1025), acs: SAMPLE_SP.acs },
  ])("with %j is refused", async (fields) => {
    const page = await makeSamlAgent().open(start(fields));
    expect(page).toMatchObject({ status: 400, form: undefined });
  });
});
