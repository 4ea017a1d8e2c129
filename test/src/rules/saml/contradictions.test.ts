import { describe, expect, test } from "vitest";
import type { Policy } from "../../../../src/policy.ts";
import { assertionIn, NOW, samplePolicy, signBoth } from "../../../support/signed-saml.ts";
import {
  plain as sample,
  policy as sealedPolicy,
  sealed,
  sealedThenSigned,
  signed,
} from "../../read/sealed-responses.ts";
import { key, plain } from "./cases.ts";
import { findingsOf } from "./findings.ts";

const { requestId: _request, audiences: _audiences, ...silent } = samplePolicy([key]);
const OTHER_QUALIFIER = '<saml:NameID SPNameQualifier="https://other.example" ';

interface Row {
  readonly name: string;
  readonly from: string | RegExp;
  readonly to: string;
  readonly policy?: Partial<Policy>;
  readonly ids: readonly string[];
}

describe("what one message says twice, under a policy that knows neither the request nor the audience", () => {
  test.each<Row>([
    { name: "one request", from: "", to: "", ids: [] },
    {
      name: "two requests",
      from: ' InResponseTo="_request-1"/>',
      to: ' InResponseTo="_x"/>',
      ids: ["saml.in-response-to.contradictory"],
    },
    {
      name: "two requests, and the policy knows the one",
      from: ' InResponseTo="_request-1"/>',
      to: ' InResponseTo="_x"/>',
      policy: { requestId: "_request-1" },
      ids: ["saml.in-response-to.mismatch"],
    },
    { name: "a request in the Response only", from: ' InResponseTo="_request-1"/>', to: "/>", ids: [] },
    {
      name: "a second confirmation for the request of the Response",
      from: /<saml:SubjectConfirmation [\s\S]*<\/saml:SubjectConfirmation>/,
      to: `${/<saml:SubjectConfirmation [\s\S]*<\/saml:SubjectConfirmation>/.exec(plain)?.[0].replace("_request-1", "_x") ?? ""}$&`,
      ids: [],
    },
    {
      name: "a second confirmation for the request of the Response, which is no bearer's",
      from: /<saml:SubjectConfirmation [\s\S]*<\/saml:SubjectConfirmation>/,
      to: `${/<saml:SubjectConfirmation [\s\S]*<\/saml:SubjectConfirmation>/.exec(plain)?.[0].replace("_request-1", "_x") ?? ""}<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"><saml:SubjectConfirmationData InResponseTo="_request-1"/></saml:SubjectConfirmation>`,
      ids: ["saml.in-response-to.contradictory"],
    },
    {
      name: "a name for another service provider",
      from: "<saml:NameID ",
      to: OTHER_QUALIFIER,
      ids: ["saml.name-id.of-another"],
    },
    {
      name: "a name for another service provider and nothing about the audience",
      from: /<saml:NameID ([\s\S]*)<saml:AudienceRestriction>.*<\/saml:AudienceRestriction>/,
      to: `${OTHER_QUALIFIER}$1`,
      ids: [],
    },
    {
      name: "a name for another service provider than the policy's",
      from: /<saml:NameID ([\s\S]*)<saml:AudienceRestriction>.*<\/saml:AudienceRestriction>/,
      to: `${OTHER_QUALIFIER}$1`,
      policy: { audiences: ["https://sp.example/metadata"] },
      ids: ["saml.audience.absent", "saml.name-id.of-another"],
    },
    {
      name: "a name for the audience",
      from: "<saml:NameID ",
      to: '<saml:NameID NameQualifier="https://idp.example/saml" SPNameQualifier="https://sp.example/metadata" ',
      ids: [],
    },
    {
      name: "a name for an affiliation that the policy knows",
      from: "<saml:NameID ",
      to: OTHER_QUALIFIER,
      policy: { audiences: ["https://sp.example/metadata", "https://other.example"] },
      ids: [],
    },
  ])("$name → $ids", async ({ from, to, policy, ids }) => {
    const xml = signBoth(plain.replace(from, to), key);
    expect((await findingsOf(xml, { ...silent, ...policy }, NOW)).ids).toEqual(ids);
  });
});

function anonymous(xml: string): string {
  return xml.replace(/<saml:Issuer xmlns[^>]*>[^<]*<\/saml:Issuer>/, "");
}

describe("a Response around an encrypted assertion names its issuer", () => {
  test.each([
    { name: "encrypted, named", xml: sealed(), ids: [] },
    { name: "encrypted, not named", xml: anonymous(sealed()), ids: ["saml.issuer.mismatch"] },
    { name: "in clear, not named", xml: anonymous(signed), ids: [] },
    {
      name: "encrypted, named, unsigned inside a signed Response",
      xml: sealedThenSigned({}, assertionIn(sample)),
      ids: [],
    },
  ])("$name → $ids", async ({ xml, ids }) => {
    expect((await findingsOf(xml, sealedPolicy, NOW)).ids).toEqual(ids);
  });

  test("without anybody to trust as well", async () => {
    const { ids } = await findingsOf(anonymous(sealed()), { ...sealedPolicy, issuers: [] }, NOW);
    expect(ids).toEqual(["saml.signature.unchecked", "saml.issuer.mismatch"]);
  });
});
