import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emissionSchema } from "../../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { type AgentPage, makeSamlAgent, type SamlAgent } from "./agent.ts";
import { authnRequest, deflated, SAMPLE_SP } from "./requests.ts";
import { responseXml } from "./sign-in.ts";

const ACS = `AssertionConsumerServiceURL="${SAMPLE_SP.acs}"`;
const FORMATS = {
  persistent: "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
  transient: "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
  encrypted: "urn:oasis:names:tc:SAML:2.0:nameid-format:encrypted",
  entity: "urn:oasis:names:tc:SAML:2.0:nameid-format:entity",
  email: "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
  unspecified: "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
  windows: "urn:oasis:names:tc:SAML:1.1:nameid-format:WindowsDomainQualifiedName",
};
const USER = "ann@partner.example";
const INVALID = ["Requester", "InvalidNameIDPolicy"];
const OTHER_PERSON = ["Responder", "AuthnFailed"];

let idp: MockIdp;

beforeAll(async () => {
  idp = await startIdp();
});

afterAll(async () => await idp.stop());

function policy(attributes: string): string {
  return `<samlp:NameIDPolicy ${attributes}/>`;
}

function subject(name: string, attributes = ""): string {
  return `<saml:Subject><saml:NameID ${attributes}>${name}</saml:NameID></saml:Subject>`;
}

function ask(agent: SamlAgent, content: string, attributes = ""): Promise<AgentPage> {
  const request = authnRequest(`${ACS} ${attributes}`, content);
  return agent.open(`${idp.origin}/saml/sso?${new URLSearchParams({ SAMLRequest: deflated(request) })}`);
}

function offer(changes: object): string {
  const emission = emissionSchema.parse({ channel: "saml", profile: "password-and-otp", ...changes });
  return idp.offer(emission, "offered by a test");
}

function statusOf(page: AgentPage): readonly (string | undefined)[] {
  return [...responseXml(page).matchAll(/StatusCode Value="[^"]+:([^":]+)"/g)].map(([, code]) => code);
}

/** The NameID of an answer, its attributes first; the status where there is none. */
function nameIn(page: AgentPage): readonly string[] {
  const [, attributes = "", name] = /<saml:NameID ?([^>]*)>([^<]*)</.exec(responseXml(page)) ?? [];
  return name === undefined ? statusOf(page).map(String) : [attributes, name];
}

interface SignedIn {
  readonly agent: SamlAgent;
  readonly answer: AgentPage;
  readonly choice: string;
}

async function signIn(content: string, changes: object = {}, user = USER): Promise<SignedIn> {
  const agent = makeSamlAgent();
  const choice = offer(changes);
  const answer = await agent.signIn(await ask(agent, content), { user, emission: choice });
  return { agent, answer, choice };
}

const formatted = (format: string): string => `Format="${format}"`;
const persistent = formatted(FORMATS.persistent);

describe("NameIDPolicy (SAML core §3.4.1.1)", () => {
  test.each([
    { asked: "", name: [persistent, USER] },
    { asked: policy(""), name: [persistent, USER] },
    { asked: policy(`AllowCreate="false" ${persistent}`), name: [persistent, USER] },
    { asked: policy(formatted(FORMATS.unspecified)), name: [persistent, USER] },
    { asked: policy(formatted(FORMATS.unspecified.replace("1.1", "2.0"))), name: [persistent, USER] },
    { asked: policy(formatted(FORMATS.email)), name: [formatted(FORMATS.email), USER] },
    { asked: policy(formatted(FORMATS.email)), user: "ann", name: INVALID },
    ...[FORMATS.encrypted, FORMATS.entity, FORMATS.windows, "urn:of-nobody", ""].map((format) => ({
      asked: policy(formatted(format)),
      name: INVALID,
    })),
    {
      asked: policy(`SPNameQualifier="${SAMPLE_SP.entityId}"`),
      name: [`SPNameQualifier="${SAMPLE_SP.entityId}" ${persistent}`, USER],
    },
    { asked: policy(`SPNameQualifier="urn:group" ${persistent}`), name: INVALID },
    {
      asked: policy(formatted(FORMATS.entity)),
      changes: { ignore: ["NameIDPolicy"] },
      name: [persistent, USER],
    },
    {
      asked: policy(formatted(FORMATS.entity)),
      changes: { patch: [{ op: "set", path: "/samlResponse/assertion/subject/format", value: "urn:own" }] },
      name: [formatted("urn:own"), USER],
    },
    {
      asked: policy(formatted(FORMATS.transient)),
      changes: {
        tamper: [{ op: "replace-text", find: ".example</saml:NameID>", replace: ".test</saml:NameID>" }],
      },
      name: [persistent, "ann@partner.test"],
    },
  ])("$asked $user $changes → $name", async ({ asked, changes = {}, user, name }) => {
    expect(nameIn((await signIn(asked, changes, user)).answer)).toEqual(name);
  });

  test("a transient name is one of the session at one service provider, and is what was signed", async () => {
    const asked = policy(formatted(FORMATS.transient));
    const { agent, answer, choice } = await signIn(asked);
    const [format, name] = nameIn(answer);
    expect({ format, name }).toEqual({
      format: formatted(FORMATS.transient),
      name: expect.stringMatching(/^_\w{32}$/) as unknown,
    });
    expect(idp.issued(choice)).toMatchObject([
      { user: USER, signedName: name, asked: { NameIDPolicy: FORMATS.transient } },
    ]);
    expect(nameIn(await ask(agent, asked))).toEqual([format, name]);
    expect(nameIn((await signIn(asked)).answer)[1]).not.toBe(name);
  });

  test("a session answers at once that it has no such name", async () => {
    const { agent } = await signIn("");
    expect(statusOf(await ask(agent, policy(formatted(FORMATS.entity)), `IsPassive="true"`))).toEqual(
      INVALID,
    );
  });

  test("metadata lists the formats that are obeyed", async () => {
    const metadata = await (await fetch(idp.trust.samlEntityId)).text();
    const listed = [...metadata.matchAll(/<(?:md:)?NameIDFormat>([^<]+)/g)].map(([, format]) => format);
    expect(listed).toEqual([FORMATS.persistent, FORMATS.transient, FORMATS.email, FORMATS.unspecified]);
  });
});

describe("the Subject of a request (SAML core §3.3.4, §3.4.1.4)", () => {
  test.each([
    { asked: subject(USER), name: ["", USER] },
    { asked: subject(USER, persistent), name: [persistent, USER] },
    { asked: subject(USER, `NameQualifier="urn:q"`), name: [`NameQualifier="urn:q"`, USER] },
    { asked: subject(USER) + policy(persistent), name: [persistent, USER] },
    { asked: subject(USER, persistent) + policy(formatted(FORMATS.unspecified)), name: [persistent, USER] },
    { asked: subject(USER, persistent) + policy(persistent), name: [persistent, USER] },
    {
      asked: subject(USER, persistent) + policy(formatted(FORMATS.email)),
      name: [formatted(FORMATS.email), USER],
    },
    { asked: subject(USER) + policy(formatted(FORMATS.entity)), name: INVALID },
    { asked: subject("bob"), name: OTHER_PERSON },
    { asked: "<saml:Subject><saml:EncryptedID/></saml:Subject>", name: OTHER_PERSON },
    { asked: subject("bob"), changes: { ignore: ["Subject"] }, name: [persistent, USER] },
  ])("$asked $changes → $name", async ({ asked, changes, name }) => {
    expect(nameIn((await signIn(asked, changes)).answer)).toEqual(name);
  });

  test("another format of the policy names the same person, as SimpleSAMLphp asks", async () => {
    const { answer } = await signIn(subject(USER) + policy(formatted(FORMATS.transient)));
    expect(nameIn(answer)).toEqual([formatted(FORMATS.transient), expect.stringMatching(/^_/)]);
  });

  test("a session answers about its own person, by the transient name too, and about nobody else", async () => {
    const { agent, answer } = await signIn(policy(formatted(FORMATS.transient)));
    const [format, name = ""] = nameIn(answer);
    expect(nameIn(await ask(agent, subject(name, format)))).toEqual([format, name]);
    expect(statusOf(await ask(agent, subject(USER), `IsPassive="true"`))).toEqual(["Success"]);
    expect(statusOf(await ask(agent, subject("bob"), `IsPassive="true"`))).toEqual([
      "Responder",
      "NoPassive",
    ]);
    expect((await ask(agent, subject("bob"))).form?.kind).toBe("sign-in");
  });
});
