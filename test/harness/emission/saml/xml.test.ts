import { assert, property, string } from "fast-check";
import { ParseOption, XmlDocument, type XmlElement } from "libxml2-wasm";
import { describe, expect, test } from "vitest";
import { rawText } from "../../../../harness/emission/json-text.ts";
import type { SamlResponseModel } from "../../../../harness/emission/model.ts";
import { samlResponseXml } from "../../../../harness/emission/saml/xml.ts";
import { isXmlText } from "../../../../harness/emission/xml/xml.ts";

const NAMESPACES = {
  p: "urn:oasis:names:tc:SAML:2.0:protocol",
  a: "urn:oasis:names:tc:SAML:2.0:assertion",
};

function withRoot<Value>(xml: string, read: (root: XmlElement) => Value): Value {
  const document = XmlDocument.fromString(xml, { option: ParseOption.XML_PARSE_NO_XXE });
  try {
    return read(document.root);
  } finally {
    document.dispose();
  }
}

function textsAt(xml: string, xpath: string): string[] {
  return withRoot(xml, (root) => root.find(xpath, NAMESPACES).map(({ content }) => content));
}

function namesAt(xml: string, xpath: string): string[] {
  return withRoot(xml, (root) =>
    root.find(xpath, NAMESPACES).map((node) => ("name" in node ? String(node.name) : "?")),
  );
}

const full: SamlResponseModel = {
  id: "_r",
  version: "2.0",
  destination: "http://127.0.0.1/acs",
  inResponseTo: "_q",
  issueInstant: 1_767_225_605,
  issuer: "http://idp.example/",
  status: ["urn:outer", "urn:inner"],
  assertion: {
    id: "_a",
    version: "2.0",
    issueInstant: 1_767_225_605,
    issuer: "http://idp.example/",
    subject: {
      nameId: "agent",
      format: "urn:f",
      method: "urn:oasis:names:tc:SAML:2.0:cm:bearer",
      recipient: "http://127.0.0.1/acs",
      inResponseTo: "_q",
      notOnOrAfter: 1_767_225_905,
    },
    conditions: { notBefore: 1_767_225_600, notOnOrAfter: 1_767_229_200.5, audiences: ["sp-1", "sp-2"] },
    authnStatement: { authnInstant: "yesterday", sessionIndex: "_s", classRef: "urn:class" },
    attributes: [{ name: "mail", nameFormat: "urn:n", values: ["a@b.example", ""] }],
  },
};

describe("a whole response", () => {
  const xml = samlResponseXml(full);

  test.each([
    ["/p:Response/*", ["Issuer", "Status", "Assertion"]],
    [
      "/p:Response/a:Assertion/*",
      ["Issuer", "Subject", "Conditions", "AuthnStatement", "AttributeStatement"],
    ],
    ["//a:Subject/*", ["NameID", "SubjectConfirmation"]],
  ])("elements of %s in the order of the schema", (xpath, names) => {
    expect(namesAt(xml, xpath)).toEqual(names);
  });

  test.each([
    ["/p:Response/@ID", ["_r"]],
    ["/p:Response/@Version", ["2.0"]],
    ["/p:Response/@IssueInstant", ["2026-01-01T00:00:05Z"]],
    ["/p:Response/@Destination", ["http://127.0.0.1/acs"]],
    ["/p:Response/@InResponseTo", ["_q"]],
    ["/p:Response/p:Status/p:StatusCode/@Value", ["urn:outer"]],
    ["/p:Response/p:Status/p:StatusCode/p:StatusCode/@Value", ["urn:inner"]],
    ["//a:NameID", ["agent"]],
    ["//a:NameID/@Format", ["urn:f"]],
    ["//a:SubjectConfirmation/@Method", ["urn:oasis:names:tc:SAML:2.0:cm:bearer"]],
    ["//a:SubjectConfirmationData/@Recipient", ["http://127.0.0.1/acs"]],
    ["//a:SubjectConfirmationData/@InResponseTo", ["_q"]],
    ["//a:SubjectConfirmationData/@NotOnOrAfter", ["2026-01-01T00:05:05Z"]],
    ["//a:Conditions/@NotBefore", ["2026-01-01T00:00:00Z"]],
    ["//a:Conditions/@NotOnOrAfter", ["2026-01-01T01:00:00.500Z"]],
    ["//a:AudienceRestriction/a:Audience", ["sp-1", "sp-2"]],
    ["//a:AuthnStatement/@AuthnInstant", ["yesterday"]],
    ["//a:AuthnStatement/@SessionIndex", ["_s"]],
    ["//a:AuthnContextClassRef", ["urn:class"]],
    ["//a:Attribute/@Name", ["mail"]],
    ["//a:Attribute/@NameFormat", ["urn:n"]],
    ["//a:AttributeValue", ["a@b.example", ""]],
  ])("%s", (xpath, texts) => {
    expect(textsAt(xml, xpath)).toEqual(texts);
  });
});

describe("a member that is missing leaves its element or attribute out", () => {
  test.each<[SamlResponseModel, string]>([
    [{}, ""],
    [{ assertion: {} }, "Assertion"],
    [{ assertion: { subject: {} } }, "Assertion Subject"],
    [{ assertion: { subject: { nameId: "n" } } }, "Assertion Subject NameID"],
    [
      { assertion: { subject: { recipient: "r" } } },
      "Assertion Subject SubjectConfirmation SubjectConfirmationData",
    ],
    [{ assertion: { conditions: {} } }, "Assertion Conditions"],
    [{ assertion: { conditions: { audiences: [] } } }, "Assertion Conditions AudienceRestriction"],
    [{ assertion: { authnStatement: {} } }, "Assertion AuthnStatement"],
    [{ assertion: { attributes: [] } }, "Assertion AttributeStatement"],
    [{ assertion: { attributes: [{ name: "n", values: [] }] } }, "Assertion AttributeStatement Attribute"],
    [{ status: [] }, "Status"],
  ])("%j → %s", (model, names) => {
    expect(namesAt(samlResponseXml(model), "//*[not(self::p:Response)]").join(" ")).toBe(names);
  });

  test("attributes", () => {
    const xml = samlResponseXml({ assertion: { conditions: {}, authnStatement: {} } });
    expect(namesAt(xml, "//@*")).toEqual([]);
  });
});

describe("a member that is there writes what it says, empty or not", () => {
  test.each<[SamlResponseModel, string]>([
    [{ id: "" }, ' ID=""'],
    [{ status: [null] }, "<samlp:Status><samlp:StatusCode/></samlp:Status>"],
    [{ status: ["a"], statusMessage: "b" }, "<samlp:StatusMessage>b</samlp:StatusMessage></samlp:Status>"],
    [{ extensions: "<x/>", status: [] }, "<samlp:Extensions><x/></samlp:Extensions><samlp:Status/>"],
    [{ issuer: "i", issuerFormat: "f" }, '<saml:Issuer Format="f">i</saml:Issuer>'],
    [{ issuer: rawText("a<b/>&c;") }, "<saml:Issuer>a<b/>&c;</saml:Issuer>"],
    [{ destination: rawText("&x;") }, ' Destination="&x;"'],
    [{ content: "<x/>", status: [] }, "<samlp:Status/><x/></samlp:Response>"],
    [{ issueInstant: 0, fractionDigits: 3 }, ' IssueInstant="1970-01-01T00:00:00.000Z"'],
    [{ issueInstant: 0.25, fractionDigits: 7 }, ' IssueInstant="1970-01-01T00:00:00.2500000Z"'],
    [{ assertion: { version: "1.1" } }, '<saml:Assertion Version="1.1"/>'],
    [{ assertion: { content: "<x/>", attributes: [] } }, "<saml:AttributeStatement/><x/></saml:Assertion>"],
    [{ assertion: { subject: { method: "" } } }, '<saml:SubjectConfirmation Method=""/>'],
    [{ assertion: { subject: { notBefore: 0 } } }, 'Data NotBefore="1970-01-01T00:00:00Z"/>'],
    [{ assertion: { subject: { nameId: "", content: "<x/>" } } }, "<saml:NameID/><x/></saml:Subject>"],
    [{ assertion: { conditions: { content: "<x/>" } } }, "<saml:Conditions><x/></saml:Conditions>"],
    [{ assertion: { furtherAuthnStatements: [{ classRef: "c" }] } }, ">c</saml:AuthnContextClassRef>"],
    [
      { assertion: { authnStatement: { content: "<x/>" } } },
      "<saml:AuthnStatement><x/></saml:AuthnStatement>",
    ],
    [
      { assertion: { attributes: [{ friendlyName: "f", content: "<x/>" }] } },
      'FriendlyName="f"><x/></saml:Attr',
    ],
  ])("%j holds %s", (model, written) => {
    expect(samlResponseXml(model)).toContain(written);
  });
});

describe("values", () => {
  const xmlText = string({ unit: "binary" }).filter(isXmlText);

  test("any text that XML can hold comes out as it went in", () => {
    assert(
      property(xmlText, xmlText, (name, value) => {
        const xml = samlResponseXml({ assertion: { attributes: [{ name, values: [value] }] } });
        expect(textsAt(xml, "//a:Attribute/@Name")).toEqual([name]);
        expect(textsAt(xml, "//a:AttributeValue")).toEqual([value]);
      }),
    );
  });

  test("markup in a value stays text, line breaks stay as they are", () => {
    const value = `</saml:AttributeValue><saml:AttributeValue>"'&amp;]]>\r\n\t<!--`;
    const xml = samlResponseXml({
      destination: value,
      assertion: { attributes: [{ name: "n", values: [value] }] },
    });
    expect(textsAt(xml, "//a:AttributeValue")).toEqual([value]);
    expect(textsAt(xml, "/p:Response/@Destination")).toEqual([value]);
  });

  test.each<SamlResponseModel>([
    { issuer: "nul \u0000" },
    { issuer: "bell \u0007" },
    { issuer: "half \uD800" },
    { issuer: "\uFFFF" },
    { issueInstant: Number.NaN },
    { issueInstant: 1e12 },
    { issueInstant: -1e12 },
  ])("%j cannot be written", (model) => {
    expect(() => samlResponseXml(model)).toThrow(expect.objectContaining({ code: "ERR_SCENARIO_INVALID" }));
  });
});
