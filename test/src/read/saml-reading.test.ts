import { describe, expect, test } from "vitest";
import { readSamlResponse } from "../../../src/read/saml-response.ts";
import { NOW, rsaKey, samplePolicy, sampleResponse, signBoth, signSaml } from "../../support/signed-saml.ts";
import { findingsOf } from "../rules/saml/findings.ts";

const WITH_COMMENTS = "http://www.w3.org/2001/10/xml-exc-c14n#WithComments";
const ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

const key = rsaKey();
const policy = samplePolicy([key]);
const plain = sampleResponse();
const signed = signSaml(plain, "Assertion", key);
const responseSigned = signSaml(plain, "Response", key);
const both = signBoth(plain, key);

function attribute(name: string, value: string): string {
  return `<saml:Attribute Name="${name}"><saml:AttributeValue ${value}</saml:AttributeValue></saml:Attribute>`;
}

describe("what is read is what was signed", () => {
  test.each([
    { form: "assertion", xml: signed, covered: false },
    { form: "response", xml: responseSigned, covered: true },
    { form: "both", xml: both, covered: true },
  ])("$form signed: envelope signed $covered", async ({ xml, covered }) => {
    const { artifact } = await readSamlResponse(xml, policy);
    expect(artifact?.envelope.signed).toBe(covered);
    expect(artifact?.assertion?.nameId?.value).toBe("alice");
  });

  test.each([
    { name: "comment in the value", edit: "mal<!---->ice", value: "malice" },
    { name: "CDATA in the value", edit: "mal<![CDATA[ice]]>", value: "malice" },
    { name: "white space is kept", edit: " alice\n", value: " alice\n" },
  ])("$name: the whole text counts", async ({ edit, value }) => {
    const { artifact } = await readSamlResponse(signBoth(plain.replace(">alice<", `>${edit}<`), key), policy);
    expect(artifact?.assertion?.nameId?.value).toBe(value);
  });

  test("a comment is no part of the value, even where canonicalisation keeps comments", async () => {
    const transforms = [ENVELOPED, WITH_COMMENTS];
    const xml = signSaml(plain.replace(">alice<", ">mal<!---->ice<"), "Response", key, { transforms });
    const { artifact } = await readSamlResponse(xml, policy);
    expect(artifact?.assertion?.nameId?.value).toBe("malice");
  });

  test.each([
    { name: "element in a value", from: ">alice<", to: ">al<x/>ice<" },
    { name: "element in an attribute value", from: "alice@", to: "al<x/>ice@" },
    {
      name: "two subjects",
      from: "<saml:Conditions",
      to: "<saml:Subject/><saml:Conditions",
    },
    {
      name: "two issuers",
      from: "<saml:Subject>",
      to: "<saml:Issuer>x</saml:Issuer><saml:Subject>",
    },
    {
      name: "two conditions",
      from: "<saml:Conditions",
      to: "<saml:Conditions/><saml:Conditions",
    },
  ])("$name: refused", async ({ from, to }) => {
    const xml = signSaml(plain.replace(from, to), "Response", key);
    expect((await findingsOf(xml, policy, NOW)).ids).toEqual(["saml.message.structure"]);
  });

  test("only direct attributes with a value count", async () => {
    const nil = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true">mfa';
    const nested = `><saml:NameID>mfa</saml:NameID>${attribute("nested", ">mfa")}`;
    const added = attribute("nil", nil) + attribute("nested-in", nested) + attribute("plain", ">mfa");
    const xml = signBoth(
      plain.replace("</saml:AttributeStatement>", `${added}</saml:AttributeStatement>`),
      key,
    );
    const { artifact } = await readSamlResponse(xml, policy);
    expect(artifact?.assertion?.attributes.map(({ name, values }) => [name, values])).toEqual([
      ["mail", ["alice@example.test"]],
      ["nil", []],
      ["nested-in", []],
      ["plain", ["mfa"]],
    ]);
  });
});
