import { describe, expect, test } from "vitest";
import {
  ecKey,
  edKey,
  NOW,
  rsaKey,
  sampleAssertion,
  samplePolicy,
  sampleResponse,
  signBoth,
  signSaml,
} from "../../support/signed-saml.ts";
import { findingsOf } from "../rules/saml/findings.ts";

const WITH_COMMENTS = "http://www.w3.org/2001/10/xml-exc-c14n#WithComments";
const ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const SHA_512 = "http://www.w3.org/2001/04/xmlenc#sha512";

const key = rsaKey();
const stranger = rsaKey();
const p256 = ecKey("P-256");
const p384 = ecKey("P-384");
const ed25519 = edKey();
const plain = sampleResponse();
const signed = signSaml(plain, "Assertion", key);
const responseSigned = signSaml(plain, "Response", key);
const both = signBoth(plain, key);
const forged = sampleAssertion("_forged").replace(">alice<", ">mallory<");

describe("valid messages, usual and unusual", () => {
  const pretty = plain.replaceAll("><", ">\r\n  <!-- between -->\t<");
  test.each([
    { name: "assertion signed", xml: signed },
    { name: "response signed", xml: responseSigned },
    { name: "both signed", xml: both },
    { name: "line breaks and comments between elements", xml: signBoth(pretty, key) },
    { name: "value in CDATA", xml: signBoth(plain.replace(">alice<", "><![CDATA[alice]]><"), key) },
    { name: "CDATA after signing", xml: both.replace(">alice<", "><![CDATA[alice]]><") },
    { name: "character references after signing", xml: both.replace(">alice<", ">&#97;&#x6C;ice<") },
    { name: "single quotes and spaces in tags", xml: both.replace('Version="2.0"', "\n Version = '2.0'") },
    { name: "Unicode", xml: signBoth(plain.replace("alice@", "Ålïçé 𝒜@"), key) },
    {
      name: "carriage return and tab by reference",
      xml: signBoth(plain.replace("alice@", "a&#13;&#9;b@"), key),
    },
    { name: "XML declaration", xml: `<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n${both}` },
    { name: "byte order mark", xml: `\uFEFF${both}` },
    { name: "SHA-512", xml: signSaml(plain, "Assertion", key, { algorithm: "RS512", digest: SHA_512 }) },
    { name: "RSA-PSS", xml: signSaml(plain, "Assertion", key, { algorithm: "PS256" }) },
    { name: "ECDSA P-256", xml: signSaml(plain, "Assertion", p256, { algorithm: "ES256" }) },
    { name: "ECDSA P-384", xml: signSaml(plain, "Assertion", p384, { algorithm: "ES384" }) },
    { name: "ECDSA P-384 with SHA-256", xml: signSaml(plain, "Assertion", p384, { algorithm: "ES256" }) },
    { name: "Ed25519", xml: signSaml(plain, "Assertion", ed25519, { algorithm: "EdDSA" }) },
    {
      name: "InclusiveNamespaces",
      xml: signSaml(
        plain.replace("<samlp:Response", '<samlp:Response xmlns:xs="urn:example:xs"'),
        "Assertion",
        key,
        { inclusivePrefixes: ["xs"] },
      ),
    },
    {
      name: "canonicalisation that keeps comments",
      xml: signSaml(pretty, "Response", key, {
        transforms: [ENVELOPED, WITH_COMMENTS],
        canonicalization: WITH_COMMENTS,
      }),
    },
    {
      name: "an assertion inside Advice",
      xml: signSaml(
        plain.replace("</saml:Conditions>", `</saml:Conditions><saml:Advice>${forged}</saml:Advice>`),
        "_assertion-1",
        key,
      ),
    },
  ])("$name", async ({ xml }) => {
    const trusting = samplePolicy([stranger, p256, p384, ed25519, key]);
    expect(await findingsOf(xml, trusting, NOW)).toEqual({
      ids: [],
      signature: "verified",
      answer: "accept with mfa",
    });
    expect(await findingsOf(new TextEncoder().encode(xml), trusting, NOW)).toMatchObject({ ids: [] });
  });
});
