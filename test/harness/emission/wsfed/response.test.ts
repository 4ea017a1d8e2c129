import { X509Certificate } from "node:crypto";
import { ParseOption, XmlDocument } from "libxml2-wasm";
import { beforeAll, describe, expect, test } from "vitest";
import { SignedXml } from "xml-crypto";
import { emissionSchema } from "../../../../harness/emission/emission.ts";
import { makeEmissionKeys } from "../../../../harness/emission/keys/keys.ts";
import type { WsFedSignIn } from "../../../../harness/emission/profiles/wsfed.ts";
import { emitWsFedResponse } from "../../../../harness/emission/wsfed/response.ts";
import { HarnessError } from "../../../../harness/errors.ts";
import { makeSamlCredentials, type SamlCredentials } from "../../../../harness/idp/saml/credentials.ts";

const MULTIPLE = "http://schemas.microsoft.com/claims/multipleauthn";
const PASSWORD = "http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/password";
const NAMESPACES = {
  t: "http://schemas.xmlsoap.org/ws/2005/02/trust",
  wsp: "http://schemas.xmlsoap.org/ws/2004/09/policy",
  wsa: "http://www.w3.org/2005/08/addressing",
  wsu: "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd",
  s1: "urn:oasis:names:tc:SAML:1.0:assertion",
  s2: "urn:oasis:names:tc:SAML:2.0:assertion",
  ds: "http://www.w3.org/2000/09/xmldsig#",
};

/** 2026-01-01T00:00:00Z */
const now = 1_767_225_600;
const signIn: WsFedSignIn = {
  issuer: "http://127.0.0.1:1/wsfed/metadata",
  user: "agent@partner.example",
  realm: "urn:federation:MicrosoftOnline",
  now,
};

let credentials: SamlCredentials;

beforeAll(() => {
  credentials = makeSamlCredentials(makeEmissionKeys(), () => now);
});

async function emit(changes: object, about: Partial<WsFedSignIn> = {}): Promise<string> {
  const emission = emissionSchema.parse({ channel: "wsfed", profile: "password-and-otp", ...changes });
  const signer = await credentials.signer(emission.key);
  return await emitWsFedResponse(emission, { ...signIn, ...about }, signer);
}

/** Whole texts of what an XPath finds, in document order. */
function at(xml: string, xpath: string): string[] {
  const document = XmlDocument.fromString(xml, { option: ParseOption.XML_PARSE_NO_XXE });
  try {
    return document.root.find(xpath, NAMESPACES).map(({ content }) => content);
  } finally {
    document.dispose();
  }
}

/** Names of the children of what an XPath finds. */
function childrenOf(xml: string, xpath: string): string[] {
  const document = XmlDocument.fromString(xml, { option: ParseOption.XML_PARSE_NO_XXE });
  try {
    return document.root
      .find(`${xpath}/*`, NAMESPACES)
      .map((node) => ("name" in node ? String(node.name) : "?"));
  } finally {
    document.dispose();
  }
}

/** Whether the one signature verifies with the published certificate, and refers to the assertion. */
async function verifies(xml: string): Promise<boolean> {
  const [signature] = /<ds:Signature[\s>].*<\/ds:Signature>/s.exec(xml) ?? [];
  if (signature === undefined) return false;
  const publicCert = new X509Certificate(await credentials.certificate()).toString();
  const verifier = new SignedXml({ publicCert, idAttribute: "AssertionID" });
  verifier.loadSignature(signature);
  try {
    return verifier.checkSignature(xml) && verifier.getSignedReferences().length === 1;
  } catch {
    return false;
  }
}

const ASSERTION = "/t:RequestSecurityTokenResponse/t:RequestedSecurityToken/s1:Assertion";
const METHOD_ATTRIBUTE = `${ASSERTION}/s1:AttributeStatement/s1:Attribute[@AttributeName='authenticationmethod'][@AttributeNamespace='http://schemas.microsoft.com/ws/2008/06/identity/claims']/s1:AttributeValue`;

describe("the answer as Entra wants it (Entra's page on inbound assertions)", () => {
  test.each([
    { profile: "password-and-otp", stated: MULTIPLE, listed: [PASSWORD, MULTIPLE] },
    { profile: "password-only", stated: PASSWORD, listed: [PASSWORD] },
  ])("$profile states $stated", async ({ profile, stated, listed }) => {
    const xml = await emit({ profile });
    expect(at(xml, `${ASSERTION}/s1:AuthenticationStatement/@AuthenticationMethod`)).toEqual([stated]);
    expect(at(xml, METHOD_ATTRIBUTE)).toEqual(listed);
    expect(await verifies(xml)).toBe(true);
  });

  test.each([
    [`${ASSERTION}/@MajorVersion`, "1"],
    [`${ASSERTION}/@MinorVersion`, "1"],
    [`${ASSERTION}/@Issuer`, signIn.issuer],
    [`${ASSERTION}/@IssueInstant`, "2026-01-01T00:00:00Z"],
    [`${ASSERTION}/s1:Conditions/@NotBefore`, "2025-12-31T23:59:55Z"],
    [`${ASSERTION}/s1:Conditions/@NotOnOrAfter`, "2026-01-01T01:00:00Z"],
    [`${ASSERTION}/s1:Conditions/s1:AudienceRestrictionCondition/s1:Audience`, signIn.realm],
    [`${ASSERTION}/s1:AuthenticationStatement/@AuthenticationInstant`, "2026-01-01T00:00:00Z"],
    [
      `${ASSERTION}//s1:Attribute[@AttributeName='UPN'][@AttributeNamespace='http://schemas.xmlsoap.org/claims']`,
      signIn.user,
    ],
    [`${ASSERTION}//s1:Attribute[@AttributeName='authenticationinstant']`, "2026-01-01T00:00:00Z"],
    ["/*/wsp:AppliesTo/wsa:EndpointReference/wsa:Address", signIn.realm],
    ["/*/t:Lifetime/wsu:Created", "2026-01-01T00:00:00Z"],
    ["/*/t:Lifetime/wsu:Expires", "2026-01-01T01:00:00Z"],
    ["/*/t:TokenType", "urn:oasis:names:tc:SAML:1.0:assertion"],
    ["/*/t:RequestType", "http://schemas.xmlsoap.org/ws/2005/02/trust/Issue"],
    ["/*/t:KeyType", "http://schemas.xmlsoap.org/ws/2005/05/identity/NoProofKey"],
  ])("%s is %s", async (xpath, value) => {
    expect(at(await emit({}), xpath)).toEqual([value]);
  });

  test("the parts stand in the order of the schema, the signature last and about the assertion", async () => {
    const xml = await emit({});
    expect(childrenOf(xml, ASSERTION)).toEqual([
      "Conditions",
      "AttributeStatement",
      "AuthenticationStatement",
      "Signature",
    ]);
    const [id] = at(xml, `${ASSERTION}/@AssertionID`);
    expect(at(xml, "//ds:Reference/@URI")).toEqual([`#${id}`]);
  });

  test("every statement names the same subject, by the anchor of the user", async () => {
    const xml = await emit({});
    const [anchor] = at(xml, `${ASSERTION}//s1:Attribute[@AttributeName='ImmutableID']`);
    expect(Buffer.from(anchor ?? "", "base64")).toHaveLength(16);
    expect(at(xml, `${ASSERTION}/*/s1:Subject/s1:NameIdentifier`)).toEqual([anchor, anchor]);
    const [other] = at(await emit({}, { user: "b@partner.example" }), `${ASSERTION}//s1:NameIdentifier`);
    expect(other).not.toBe(anchor);
  });
});

test("version 2.0: the same in the words of SAML 2.0, signed by its ID", async () => {
  const xml = await emit({
    patch: [{ op: "set", path: "/wsFedResponse/assertion/version", value: "2.0" }],
  });
  const assertion = "/*/t:RequestedSecurityToken/s2:Assertion";
  expect(childrenOf(xml, assertion)).toEqual([
    "Issuer",
    "Signature",
    "Subject",
    "Conditions",
    "AuthnStatement",
    "AttributeStatement",
  ]);
  expect(at(xml, `${assertion}//s2:AuthnContextClassRef`)).toEqual([MULTIPLE]);
  expect(at(xml, `${assertion}//s2:Attribute/@Name`)).toEqual([
    "http://schemas.xmlsoap.org/claims/UPN",
    "http://schemas.microsoft.com/LiveID/Federation/2008/05/ImmutableID",
    "http://schemas.microsoft.com/ws/2008/06/identity/claims/authenticationmethod",
    "http://schemas.microsoft.com/ws/2008/06/identity/claims/authenticationinstant",
  ]);
  expect(at(xml, "/*/t:TokenType")).toEqual([
    "http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1#SAMLV2.0",
  ]);
  expect(await verifies(xml)).toBe(true);
});

describe("patches come before the signature, tampers after it", () => {
  test.each([
    ["a patched value", { patch: [set("/assertion/issuer", "<&>\"'\r\n\u0085 ü😀")] }, true],
    ["a time", { patch: [shift("/assertion/attributes/3/values/0", -60)] }, true],
    ["an attribute without values", { patch: [set("/assertion/attributes/2/values", [])] }, true],
    ["no assertion id, so no signature", { patch: [remove("/assertion/id")] }, false],
    ["no assertion", { patch: [remove("/assertion")] }, false],
    ["a changed signature", { tamper: [{ op: "flip-signature" }] }, false],
    ["no signature", { tamper: [{ op: "strip-signature" }] }, false],
    ["changed text", { tamper: [{ op: "replace-text", find: MULTIPLE, replace: PASSWORD }] }, false],
    ["a key nobody published", { key: "stranger" }, false],
  ])("%s", async (_what, changes, verified) => {
    expect(await verifies(await emit(changes))).toBe(verified);
  });

  test("what was patched is what is read", async () => {
    const xml = await emit({ patch: [shift("/assertion/attributes/3/values/0", -60)] });
    expect(at(xml, `${ASSERTION}//s1:Attribute[@AttributeName='authenticationinstant']`)).toEqual([
      "2025-12-31T23:59:00Z",
    ]);
  });

  test.each([
    ["another channel", { channel: "saml" }, /channel saml/],
    ["a member that there is not", { patch: [set("/assertion/amr", ["mfa"])] }, /Unrecognized key/],
    ["a type that it cannot have", { patch: [set("/assertion/issuer", 7)] }, /assertion\/issuer/],
    ["a version that is no text", { patch: [set("/assertion/version", 1)] }, /assertion\/version/],
    ["no answer at all", { patch: [remove("")] }, /no WS-Federation response/],
    ["a tamper without effect", { tamper: [{ op: "replace-text", find: "x y z", replace: "" }] }, /x y z/],
  ])("%s is an error of ours", async (_what, changes, message) => {
    const failing = emit(changes);
    await expect(failing).rejects.toThrow(HarnessError);
    await expect(failing).rejects.toThrow(message);
  });
});

function set(path: string, value: unknown): object {
  return { op: "set", path: `/wsFedResponse${path}`, value };
}

function shift(path: string, seconds: number): object {
  return { op: "shift", path: `/wsFedResponse${path}`, seconds };
}

function remove(path: string): object {
  return { op: "remove", path: `/wsFedResponse${path}` };
}
