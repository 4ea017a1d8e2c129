import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { RequestRefusal } from "../../../../harness/idp/refusal.ts";
import { decodeMessage, type MessageBinding, readMessage } from "../../../../harness/idp/saml/message.ts";
import { AUTHN_REQUEST, type AuthnRequest } from "../../../../harness/idp/saml/request.ts";
import { authnRequest, deflated, encoded, REQUEST_SAMPLES, SAMPLE_SP } from "./requests.ts";

const plain: AuthnRequest = {
  id: "_sample",
  issuer: SAMPLE_SP.entityId,
  acsUrl: SAMPLE_SP.acs,
  acsIndex: undefined,
  protocolBinding: undefined,
  isPassive: false,
  forceAuthn: false,
  nameIdPolicy: undefined,
  subject: undefined,
  comparison: undefined,
  classRefs: [],
  declRefs: [],
};

/** Reads a message as the inbox does that has no keys to check. */
async function readAuthnRequest(encodedXml: string, binding: MessageBinding): Promise<AuthnRequest> {
  return await readMessage(decodeMessage(encodedXml, binding, "SAMLRequest"), AUTHN_REQUEST);
}

const protocolBinding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

function policy(format: string | undefined, allowCreate = "true"): Partial<AuthnRequest> {
  return { nameIdPolicy: { format, allowCreate, spNameQualifier: undefined } };
}

const EXPECTED: readonly Partial<AuthnRequest>[] = [
  {
    ...policy("urn:oasis:names:tc:SAML:2.0:nameid-format:transient"),
    classRefs: ["https://refeds.org/profile/mfa"],
  },
  {
    ...policy(undefined),
    protocolBinding,
    comparison: "exact",
    classRefs: ["urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"],
  },
  { protocolBinding, ...policy("urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified") },
  {},
  { forceAuthn: true, comparison: "minimum", classRefs: ["urn:one", "urn:two"] },
];

describe("shapes", () => {
  test.each(REQUEST_SAMPLES.map((sample, at) => ({ ...sample, expected: { ...plain, ...EXPECTED[at] } })))(
    "$shape",
    async ({ xml, expected }) => {
      expect(await readAuthnRequest(deflated(xml), "redirect")).toEqual(expected);
      expect(await readAuthnRequest(encoded(xml), "post")).toEqual(expected);
    },
  );

  test.each([
    [authnRequest(`AssertionConsumerServiceIndex="3"`), { acsUrl: undefined, acsIndex: "3" }],
    [authnRequest(`IsPassive="true"`), { acsUrl: undefined, isPassive: true }],
    [
      authnRequest("", `<samlp:NameIDPolicy SPNameQualifier="urn:group"/>`),
      {
        acsUrl: undefined,
        nameIdPolicy: { format: undefined, spNameQualifier: "urn:group", allowCreate: undefined },
      },
    ],
    [
      authnRequest(
        "",
        `<saml:Subject><saml:NameID Format="urn:f" NameQualifier="urn:q">u</saml:NameID></saml:Subject>`,
      ),
      { acsUrl: undefined, subject: { nameId: "u", format: "urn:f", nameQualifier: "urn:q" } },
    ],
    [
      authnRequest("", `<saml:Subject><saml:EncryptedID/></saml:Subject>`),
      { acsUrl: undefined, subject: { nameId: "" } },
    ],
    [authnRequest(`IsPassive="TRUE" ForceAuthn="yes"`), { acsUrl: undefined }],
    [authnRequest(undefined, undefined, "<saml:Issuer>a&amp;b<!-- c -->d</saml:Issuer>"), { issuer: "a&bd" }],
  ])("%s", async (xml, expected) => {
    expect(await readAuthnRequest(encoded(xml), "post")).toEqual({ ...plain, ...expected });
  });
});

describe("what is no AuthnRequest is refused with a reason", () => {
  const good = authnRequest();
  const foreign = "urn:oasis:names:tc:SAML:1.0:protocol";

  test.each([
    ["text", "hello", /not base64/],
    ["nothing", " ", /not base64/],
    ["half", good.slice(0, -20), /not well-formed/],
    ["two roots", `${good}<a/>`, /not well-formed/],
    ["text after the root", `${good}junk`, /not well-formed/],
    ["an attribute twice", good.replace(`Version="2.0"`, `Version="2.0" Version="2.0"`), /not well-formed/],
    ["an undeclared prefix", good.replace("<saml:Issuer", "<x:y/><saml:Issuer"), /not well-formed/],
    ["a NUL", good.replace("127", "\u0000"), /not well-formed/],
    ["an undeclared entity", good.replace("127", "&xxe;"), /not well-formed/],
    [
      "nesting without end",
      good.replace("</samlp", `${"<a>".repeat(9000)}${"</a>".repeat(9000)}</samlp`),
      /not well-formed/,
    ],
    ["a DOCTYPE", `<!DOCTYPE samlp:AuthnRequest>${good}`, /DOCTYPE/],
    ["an external entity", `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>${good}`, /DOCTYPE/],
    ["a Response", good.replaceAll("AuthnRequest", "Response"), /not of the kind AuthnRequest but Response/],
    [
      "another namespace",
      good.replace("urn:oasis:names:tc:SAML:2.0:protocol", foreign),
      /not of the kind AuthnRequest/,
    ],
    ["version 1.1", good.replace(`Version="2.0"`, `Version="1.1"`), /version 2.0/],
    ["no ID", good.replace(`ID="_sample"`, ""), /no ID/],
    ["an ID of another namespace", good.replace(`ID="_sample"`, `xmlns:x="urn:x" x:ID="_sample"`), /no ID/],
    ["no Issuer", authnRequest(undefined, undefined, ""), /no Issuer/],
    ["an Issuer of another namespace", authnRequest(undefined, undefined, `<Issuer>x</Issuer>`), /no Issuer/],
    [
      "an Issuer deeper down",
      authnRequest(undefined, undefined, `<a><saml:Issuer>x</saml:Issuer></a>`),
      /no Issuer/,
    ],
    ["more than 128 KB", authnRequest(undefined, `<a>${"x".repeat(140_000)}</a>`), /takes more than/],
  ])("%s", async (_what, xml, reason) => {
    await expect(readAuthnRequest(encoded(xml), "post")).rejects.toThrow(reason);
    await expect(readAuthnRequest(deflated(xml), "redirect")).rejects.toThrow(RequestRefusal);
  });

  test.each([
    ["not deflated", encoded(good), /not base64/],
    ["not base64", "%%%%", /not base64/],
    ["cut off", deflated(good).slice(0, 40), /not base64/],
    ["growing to 50 MB", deflated(`<a>${" ".repeat(50_000_000)}</a>`), /takes more than/],
    ["not UTF-8", Buffer.from(good, "utf16le").toString("base64"), /not base64/],
  ])("by redirect: %s", async (_what, parameter, reason) => {
    await expect(readAuthnRequest(parameter, "redirect")).rejects.toThrow(reason);
  });

  test("a bomb is stopped while it grows, not after", async () => {
    const bomb = readAuthnRequest(deflated(" ".repeat(50_000_000)), "redirect");
    await expect(bomb).rejects.toMatchObject({ cause: { code: "ERR_BUFFER_TOO_LARGE" } });
  });

  test("UTF-16, where a DOCTYPE could hide", async () => {
    const bytes = Buffer.from(`\uFEFF<!DOCTYPE a>${good}`, "utf16le");
    await expect(readAuthnRequest(bytes.toString("base64"), "post")).rejects.toThrow("not base64 of XML");
    await expect(readAuthnRequest(deflateRawSync(bytes).toString("base64"), "post")).rejects.toThrow(
      "not UTF-8",
    );
  });

  test("but not a byte order mark, nor a posted request that is deflated, as node-saml sends it", async () => {
    await expect(readAuthnRequest(encoded(`\uFEFF\n${good}`), "post")).resolves.toEqual(plain);
    await expect(readAuthnRequest(deflated(good), "post")).resolves.toEqual(plain);
  });
});

const captures = process.env["MFA_HARNESS_CAPTURES"];

describe.skipIf(captures === undefined)("captured requests (needs MFA_HARNESS_CAPTURES)", () => {
  const folder = join(captures ?? "", "requests");
  const names = captures === undefined ? [] : readdirSync(folder);
  const load = (name: string): string => readFileSync(join(folder, name), "utf8").trim();

  test("are there", () => expect(names.length).toBeGreaterThan(0));

  test.each(names.filter((name) => name.endsWith(".redirect-url.txt")))("%s", async (name) => {
    const parameter = new URL(load(name)).searchParams.get("SAMLRequest") ?? "";
    const xml = load(name.replace(".redirect-url.txt", ".authnrequest.xml"));
    const fromUrl = await readAuthnRequest(parameter, "redirect");
    expect(fromUrl).toEqual(await readAuthnRequest(encoded(xml), "post"));
    expect(xml).toContain(`ID="${fromUrl.id}"`);
    expect(xml).toContain(`AssertionConsumerServiceURL="${fromUrl.acsUrl}"`);
    expect(xml).toContain(`Issuer>`);
    expect(fromUrl.issuer).toMatch(/^http:\/\/127\.0\.0\.1:18601\//);
  });
});
