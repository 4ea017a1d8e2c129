import { describe, expect, test } from "vitest";
import { signByLibxml2, type Canonicalisations } from "../../support/libxml2-signature.ts";
import {
  NOW,
  rsaKey,
  samplePolicy,
  sampleResponse,
  secondOpinion,
  signSaml,
} from "../../support/signed-saml.ts";
import { answerAround, sampleToken, wsFedPolicy } from "../../support/signed-wsfed.ts";
import { judgeWsFedResponse } from "../../../src/index.ts";
import { findingsOf } from "../rules/saml/findings.ts";

const INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
const EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
const ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

const key = rsaKey();
const policy = samplePolicy([key]);
const plain = sampleResponse()
  .replace(
    "<samlp:Response",
    '<samlp:Response xmlns:xs="urn:example:xs" xml:lang="en" xml:space="default" xml:id="x"',
  )
  .replace("<saml:Conditions", '<!-- between --><saml:Conditions xmlns:unused="urn:example:unused"');
const ACCEPTED = { signature: "verified", answer: "accept with mfa" };
const WARNED = ["saml.signature.inclusive"];

const exclusive = { form: "exclusive" } as const;
const old = { form: "1.0" } as const;
const newer = { form: "1.1" } as const;

const ways: readonly {
  readonly name: string;
  readonly how: Canonicalisations;
  readonly ids: readonly string[];
}[] = [
  { name: "all exclusive", how: { signedInfo: exclusive, content: exclusive }, ids: [] },
  { name: "SignedInfo inclusive", how: { signedInfo: old, content: exclusive }, ids: WARNED },
  {
    name: "SignedInfo with comments",
    how: { signedInfo: { ...old, comments: true }, content: exclusive },
    ids: WARNED,
  },
  { name: "SignedInfo by 1.1", how: { signedInfo: newer, content: exclusive }, ids: WARNED },
  {
    name: "SignedInfo by 1.1 with comments",
    how: { signedInfo: { ...newer, comments: true }, content: exclusive },
    ids: WARNED,
  },
  { name: "content inclusive", how: { signedInfo: exclusive, content: old }, ids: WARNED },
  {
    name: "content with comments",
    how: { signedInfo: exclusive, content: { ...old, comments: true } },
    ids: WARNED,
  },
  { name: "content by 1.1", how: { signedInfo: exclusive, content: newer }, ids: WARNED },
  { name: "both by 1.0", how: { signedInfo: old, content: old }, ids: WARNED },
  { name: "enveloped-signature alone", how: { signedInfo: exclusive, content: "implied" }, ids: WARNED },
];

describe("inclusive canonicalisation, signed on what libxml2 makes of it", () => {
  test.each(ways)("$name: assertion and response → $ids", async ({ how, ids }) => {
    const assertion = signByLibxml2(plain, "_assertion-1", key, how);
    expect(await findingsOf(assertion, policy, NOW)).toEqual({ ids, ...ACCEPTED });
    const response = signByLibxml2(plain, "_response-1", key, how);
    expect(await findingsOf(response, policy, NOW)).toEqual({ ids, ...ACCEPTED });
    const both = signByLibxml2(assertion, "_response-1", key, how);
    expect(await findingsOf(both, policy, NOW)).toEqual({ ids: [...ids, ...ids], ...ACCEPTED });
  });

  test.each(ways)("$name: changed → refused", async ({ how }) => {
    const xml = signByLibxml2(plain, "_assertion-1", key, how).replace(">alice<", ">malice<");
    expect(await findingsOf(xml, policy, NOW)).toMatchObject({ ids: ["saml.signature.invalid"] });
  });

  test("what stands around is signed, too", async () => {
    const xml = signByLibxml2(plain, "_assertion-1", key, { signedInfo: exclusive, content: old });
    for (const changed of [
      xml.replace('xml:lang="en"', 'xml:lang="de"'),
      xml.replace("<samlp:Response", '<samlp:Response xmlns:more="urn:more"'),
    ]) {
      expect(changed).not.toBe(xml);
      expect(await findingsOf(changed, policy, NOW)).toMatchObject({ ids: ["saml.signature.invalid"] });
    }
  });

  test("1.1 with an xml:base around it is refused", async () => {
    const based = plain.replace("<samlp:Response", '<samlp:Response xml:base="https://a.example/"');
    const xml = signByLibxml2(based, "_assertion-1", key, { signedInfo: exclusive, content: newer });
    expect(await findingsOf(xml, policy, NOW)).toMatchObject({ ids: ["saml.signature.structure"] });
  });
});

test.each([
  { name: "content", options: { transforms: [ENVELOPED, INCLUSIVE] } },
  { name: "SignedInfo", options: { canonicalization: INCLUSIVE } },
  { name: "both", options: { transforms: [ENVELOPED, INCLUSIVE], canonicalization: INCLUSIVE } },
  { name: "neither", options: { transforms: [ENVELOPED, EXCLUSIVE] } },
])("xml-crypto agrees about what it signed inclusively: $name", async ({ options }) => {
  const xml = signSaml(sampleResponse(), "Assertion", key, options);
  for (const each of [xml, xml.replace(">alice<", ">malice<")]) {
    const { signature } = await findingsOf(each, policy, NOW);
    expect(signature === "verified").toBe(secondOpinion(each, key));
  }
});

test("the token of WS-Federation is warned of, too", async () => {
  const xml = signSaml(answerAround(sampleToken()), "Assertion", key, {
    idAttribute: "AssertionID",
    after: "AuthenticationStatement",
    transforms: [ENVELOPED, INCLUSIVE],
  });
  const wsFed = wsFedPolicy([key]);
  const { verdict, findings } = await judgeWsFedResponse(xml, wsFed, NOW);
  expect([verdict, findings.map(({ rule }) => rule)]).toEqual(["compliant", ["wsfed.signature.inclusive"]]);
});
