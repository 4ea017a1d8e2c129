import { expect, test } from "vitest";
import { samlResponseCourt } from "../../../src/courts/saml-response.ts";
import { readSamlResponse } from "../../../src/read/saml-response.ts";
import {
  AUDIENCE,
  ISSUER,
  MULTIPLE_AUTHN,
  NOW,
  samplePolicy,
  sampleResponse,
} from "../../support/signed-saml.ts";

async function evidenceOf(xml: string) {
  const { artifact } = await readSamlResponse(xml, samplePolicy([]));
  return artifact === undefined ? undefined : samlResponseCourt.evidence(artifact, samplePolicy([]), NOW);
}

test("says who, for whom, when, and how", async () => {
  const amr =
    '<saml:Attribute Name="amr"><saml:AttributeValue>pwd</saml:AttributeValue><saml:AttributeValue>mfa</saml:AttributeValue></saml:Attribute>';
  const xml = sampleResponse().replace("</saml:AttributeStatement>", `${amr}</saml:AttributeStatement>`);
  expect(await evidenceOf(xml)).toEqual({
    issuer: ISSUER,
    subject: "alice",
    audiences: [AUDIENCE],
    issuedAt: NOW - 30,
    expiresAt: NOW + 3600,
    authenticatedAt: NOW - 60,
    statements: [
      {
        kind: "class-ref",
        at: "/samlp:Response/saml:Assertion/saml:AuthnStatement[1]/saml:AuthnContext/saml:AuthnContextClassRef[1]",
        name: "AuthnContextClassRef",
        value: [MULTIPLE_AUTHN],
      },
      {
        kind: "attribute",
        at: '/samlp:Response/saml:Assertion/saml:AttributeStatement/saml:Attribute[@Name="amr"]',
        name: "amr",
        value: ["pwd", "mfa"],
      },
    ],
  });
});

test("an answer without an assertion says who refused", async () => {
  const xml = sampleResponse().replace(/<saml:Assertion[\s\S]*<\/saml:Assertion>/, "");
  expect(await evidenceOf(xml)).toEqual({
    issuer: ISSUER,
    subject: undefined,
    audiences: [],
    issuedAt: NOW - 30,
    expiresAt: undefined,
    authenticatedAt: undefined,
    statements: [],
  });
});
