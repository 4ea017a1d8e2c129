import { describe, expect, test } from "vitest";
import { AUDIENCE, NOW, samplePolicy, signBoth, signSaml } from "../../../support/signed-saml.ts";
import { key, plain } from "./cases.ts";
import { findingsOf } from "./findings.ts";

const ENTRA = "urn:federation:MicrosoftOnline";
const PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
const policy = samplePolicy([key], { audiences: [ENTRA] });
const good = plain.replace(AUDIENCE, ENTRA).replace('Name="mail"', 'Name="IDPEmail"');
const EMAIL = ">alice@example.test<";
const ABSENT = "saml.name-id.absent";
const FORMAT = ["saml.name-id.format-wrong"];
const UNUSABLE = ["saml.name-id.unusable"];
const IDP_EMAIL = ["saml.idp-email.unusable"];

describe("what Entra demands of a federated IdP beyond the profile (Entra's page for SAML 2.0 identity providers)", () => {
  test.each([
    { name: "all of it", from: "", to: "", ids: [] },
    {
      name: "transient NameID",
      from: PERSISTENT,
      to: PERSISTENT.replace("persistent", "transient"),
      ids: FORMAT,
    },
    {
      name: "e-mail NameID",
      from: PERSISTENT,
      to: "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
      ids: FORMAT,
    },
    { name: "NameID without a Format", from: ` Format="${PERSISTENT}"`, to: "", ids: FORMAT },
    { name: "no NameID", from: /<saml:NameID .*<\/saml:NameID>/, to: "", ids: [ABSENT, ...FORMAT] },
    { name: "64 characters", from: ">alice<", to: `>${"a".repeat(64)}<`, ids: [] },
    { name: "65 characters", from: ">alice<", to: `>${"a".repeat(65)}<`, ids: UNUSABLE },
    { name: "ImmutableID in base64", from: ">alice<", to: ">aW1tdXRhYmxl/TE=<", ids: [] },
    { name: "plus encoded", from: ">alice<", to: ">a.2Bb<", ids: [] },
    { name: "plus not encoded", from: ">alice<", to: ">a+b<", ids: UNUSABLE },
    { name: "empty NameID", from: ">alice<", to: "><", ids: [ABSENT, ...UNUSABLE] },
    { name: "no IDPEmail", from: "IDPEmail", to: "mail", ids: IDP_EMAIL },
    { name: "another case", from: "IDPEmail", to: "idpemail", ids: IDP_EMAIL },
    { name: "not an e-mail", from: EMAIL, to: ">alice<", ids: IDP_EMAIL },
    { name: "no domain", from: EMAIL, to: ">alice@localhost<", ids: IDP_EMAIL },
    { name: "two signs", from: EMAIL, to: ">alice@example.test@example.test<", ids: IDP_EMAIL },
    { name: "initial domain", from: EMAIL, to: ">alice@partner.OnMicrosoft.com<", ids: IDP_EMAIL },
    {
      name: "two of them",
      from: "</saml:AttributeValue>",
      to: "</saml:AttributeValue><saml:AttributeValue>bob@example.test</saml:AttributeValue>",
      ids: IDP_EMAIL,
    },
  ])("$name → $ids", async ({ from, to, ids }) => {
    expect((await findingsOf(signBoth(good.replace(from, to), key), policy, NOW)).ids).toEqual(ids);
  });

  test.each([
    { element: "Assertion", ids: [] },
    { element: "Response", ids: ["saml.assertion.unsigned"] },
  ])("$element signed alone → $ids", async ({ element, ids }) => {
    expect((await findingsOf(signSaml(good, element, key), policy, NOW)).ids).toEqual(ids);
  });

  test("another service provider demands none of it", async () => {
    const other = plain.replace(PERSISTENT, "urn:x").replace(">alice<", ">a+b<");
    expect((await findingsOf(signSaml(other, "Response", key), samplePolicy([key]), NOW)).ids).toEqual([]);
  });
});
