import { describe, expect, test } from "vitest";
import { ISSUER, NOW, samplePolicy, signSaml } from "../../../support/signed-saml.ts";
import { idsOf, key, plain, type Edit } from "./cases.ts";
import { findingsOf } from "./findings.ts";

async function idsOfAnswer(xml: string): Promise<readonly string[]> {
  return (await findingsOf(signSaml(xml, "Response", key), samplePolicy([key]), NOW)).ids;
}

describe("who, to whom, for what", () => {
  const bearer = /<saml:SubjectConfirmation [\s\S]*<\/saml:SubjectConfirmation>/;
  const other =
    '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="2026-11-20T11:00:00Z" Recipient="https://other.example" InResponseTo="_other"/></saml:SubjectConfirmation>';
  const unused = { replay: { has: () => false } };
  const restriction =
    "<saml:AudienceRestriction><saml:Audience>https://other.example</saml:Audience></saml:AudienceRestriction>";
  test.each<Edit>([
    { name: "the sample", from: "", to: "", ids: [] },
    { name: "status", from: "status:Success", to: "status:Responder", ids: ["saml.status.failed"] },
    { name: "no status", from: /<samlp:Status>.*<\/samlp:Status>/, to: "", ids: ["saml.status.failed"] },
    { name: "response version", from: 'Version="2.0"', to: 'Version="2.1"', ids: ["saml.version.wrong"] },
    {
      name: "assertion version",
      from: '_assertion-1" Version="2.0"',
      to: '_assertion-1" Version="1.1"',
      ids: ["saml.version.wrong"],
    },
    {
      name: "two issuers in one message",
      from: "idp.example/saml",
      to: "other.example",
      ids: ["saml.issuer.mismatch"],
    },
    {
      name: "no issuer in the response",
      from: /<saml:Issuer xmlns:saml[^>]*>[^<]*<\/saml:Issuer>/,
      to: "<saml:Issuer xmlns:saml='urn:oasis:names:tc:SAML:2.0:assertion'>https://idp.example/saml</saml:Issuer>",
      ids: [],
    },
    { name: "audience", from: "metadata<", to: "metadata/<", ids: ["saml.audience.mismatch"] },
    {
      name: "one of several audiences",
      from: "<saml:Audience>",
      to: "<saml:Audience>https://other.example</saml:Audience><saml:Audience>",
      ids: [],
    },
    {
      name: "second restriction",
      from: "</saml:Conditions>",
      to: `${restriction}</saml:Conditions>`,
      ids: ["saml.audience.mismatch"],
    },
    {
      name: "empty restriction",
      from: /<saml:Audience>.*<\/saml:Audience>/,
      to: "",
      ids: ["saml.audience.mismatch"],
    },
    {
      name: "no restriction",
      from: /<saml:AudienceRestriction>.*<\/saml:AudienceRestriction>/,
      to: "",
      ids: ["saml.audience.absent"],
    },
    {
      name: "no conditions",
      from: /<saml:Conditions[\s\S]*<\/saml:Conditions>/,
      to: "",
      ids: ["saml.audience.absent"],
    },
    {
      name: "recipient",
      from: 'Recipient="https://sp.example/acs"',
      to: 'Recipient="https://sp.example/acs?x"',
      ids: ["saml.recipient.mismatch"],
    },
    {
      name: "destination",
      from: 'Destination="https://sp.example/acs"',
      to: 'Destination="https://other.example"',
      ids: ["saml.destination.mismatch"],
    },
    {
      name: "no destination though signed",
      from: ' Destination="https://sp.example/acs"',
      to: "",
      ids: ["saml.destination.mismatch"],
    },
    {
      name: "request of the envelope",
      from: 'acs" InResponseTo="_request-1"',
      to: 'acs" InResponseTo="_x"',
      ids: ["saml.in-response-to.mismatch"],
    },
    {
      name: "envelope without request",
      from: 'acs" InResponseTo="_request-1">',
      to: 'acs">',
      ids: ["saml.in-response-to.mismatch"],
    },
    {
      name: "blank NameID",
      from: />[^<]*<\/saml:NameID>/,
      to: "> </saml:NameID>",
      ids: ["saml.name-id.absent"],
    },
    {
      name: "no NameID",
      from: /<saml:NameID .*<\/saml:NameID>/,
      to: "",
      ids: ["saml.name-id.absent"],
    },
    {
      name: "issuer of another format",
      from: "<saml:Issuer>",
      to: '<saml:Issuer Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">',
      ids: ["saml.issuer.mismatch"],
    },
    {
      name: "issuer of the format entity",
      from: "<saml:Issuer>",
      to: '<saml:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity">',
      ids: [],
    },
    {
      name: "empty AttributeStatement",
      from: /<saml:AttributeStatement>[\s\S]*<\/saml:AttributeStatement>/,
      to: "<saml:AttributeStatement/>",
      ids: ["saml.message.structure"],
    },
    {
      name: "request of the confirmation",
      from: ' InResponseTo="_request-1"/>',
      to: ' InResponseTo="_x"/>',
      ids: ["saml.in-response-to.mismatch"],
    },
    {
      name: "confirmation without request",
      from: ' InResponseTo="_request-1"/>',
      to: "/>",
      ids: ["saml.in-response-to.mismatch"],
    },
    { name: "no recipient", from: / Recipient="[^"]*"/, to: "", ids: ["saml.confirmation.absent"] },
    {
      name: "no end",
      from: ' NotOnOrAfter="2026-11-20T12:05:00Z"',
      to: "",
      ids: ["saml.confirmation.absent"],
    },
    { name: "holder of key", from: "cm:bearer", to: "cm:holder-of-key", ids: ["saml.confirmation.absent"] },
    {
      name: "no subject",
      from: /<saml:Subject>[\s\S]*<\/saml:Subject>/,
      to: "",
      ids: ["saml.confirmation.absent", "saml.name-id.absent"],
    },
    {
      name: "a second confirmation that does not hold",
      from: "</saml:Subject>",
      to: `${other}</saml:Subject>`,
      ids: [],
    },
    {
      name: "a first confirmation that does not hold",
      from: "<saml:SubjectConfirmation ",
      to: `${other}<saml:SubjectConfirmation `,
      ids: [],
    },
    {
      name: "only one that does not hold",
      from: bearer,
      to: other,
      ids: ["saml.recipient.mismatch", "saml.in-response-to.mismatch", "saml.time.expired"],
    },
    {
      name: "known conditions",
      from: "</saml:Conditions>",
      to: "<saml:OneTimeUse/><saml:ProxyRestriction Count='0'/></saml:Conditions>",
      changes: unused,
      ids: [],
    },
    {
      name: "single use, and nobody keeps count",
      from: "</saml:Conditions>",
      to: "<saml:OneTimeUse/></saml:Conditions>",
      ids: ["saml.one-time-use.untracked"],
    },
    {
      name: "OneTimeUse twice",
      from: "</saml:Conditions>",
      to: "<saml:OneTimeUse/><saml:OneTimeUse/></saml:Conditions>",
      changes: unused,
      ids: ["saml.condition.repeated"],
    },
    {
      name: "ProxyRestriction twice",
      from: "</saml:Conditions>",
      to: "<saml:ProxyRestriction/><saml:ProxyRestriction/></saml:Conditions>",
      ids: ["saml.condition.repeated"],
    },
    { name: "not used before", from: "", to: "", changes: unused, ids: [] },
    {
      name: "used before",
      from: "",
      to: "",
      changes: { replay: { has: (used) => used === `${ISSUER} _assertion-1` } },
      ids: ["saml.assertion.replayed"],
    },
    {
      name: "another issuer's assertion of that ID used before",
      from: "",
      to: "",
      changes: { replay: { has: (used) => used === "https://other.example _assertion-1" } },
      ids: [],
    },
    {
      name: "unknown condition",
      from: "</saml:Conditions>",
      to: "<saml:Condition/></saml:Conditions>",
      ids: ["saml.condition.unknown"],
    },
    {
      name: "known name, foreign namespace",
      from: "</saml:Conditions>",
      to: "<x:OneTimeUse xmlns:x='urn:x'/></saml:Conditions>",
      ids: ["saml.condition.unknown"],
    },
    {
      name: "no AuthnStatement",
      from: /<saml:AuthnStatement[\s\S]*<\/saml:AuthnStatement>/,
      to: "",
      ids: ["saml.authn-statement.absent", "saml.mfa.absent"],
    },
  ])("$name → $ids", async (each) => {
    expect(await idsOf(each)).toEqual(each.ids);
  });

  test.each([
    { name: "audiences", omit: "audiences", from: "metadata<", to: "other<" },
    {
      name: "assertion consumer service",
      omit: "assertionConsumerService",
      from: /(Recipient|Destination)="[^"]*"/,
      to: '$1="https://other.example"',
    },
    { name: "request", omit: "requestId", from: ' InResponseTo="_request-1"/>', to: "/>" },
  ] as const)("without $name in the policy it is not checked", async ({ omit, from, to }) => {
    const { [omit]: _omitted, ...policy } = samplePolicy([key]);
    const xml = signSaml(plain.replace(from, to), "Assertion", key);
    expect((await findingsOf(xml, policy, NOW)).ids).toEqual([]);
  });

  test("an answer without an assertion", async () => {
    const error = plain.replace(/<saml:Assertion[\s\S]*<\/saml:Assertion>/, "");
    expect(await idsOfAnswer(error)).toEqual(["saml.assertion.absent"]);
    expect(await idsOfAnswer(error.replace("status:Success", "status:Requester"))).toEqual([
      "saml.status.failed",
    ]);
  });
});

describe("an ID that is missing where a signature does not need it", () => {
  test.each([
    { name: "in the assertion", from: ' ID="_assertion-1"', signed: "Response" },
    { name: "in the response", from: ' ID="_response-1"', signed: "Assertion" },
  ])("$name", async ({ from, signed }) => {
    const xml = signSaml(plain.replace(from, ""), signed, key);
    expect((await findingsOf(xml, samplePolicy([key]), NOW)).ids).toEqual(["saml.id.absent"]);
  });

  test("IssueInstant of the Response", async () => {
    const xml = plain.replace(' IssueInstant="2026-11-20T11:59:30Z"', "");
    expect(await idsOfAnswer(xml)).toEqual(["saml.time.malformed"]);
  });
});
