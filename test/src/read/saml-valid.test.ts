import { describe, expect, test } from "vitest";
import {
  assertionIn,
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
/** Of somebody else, signed by somebody else, with MFA. */
const advised = assertionIn(signSaml(around(forged), "Assertion", stranger));
const nested = assertionIn(
  signSaml(
    around(
      sampleAssertion("_nested").replace(
        "</saml:Conditions>",
        `</saml:Conditions><saml:Advice>${assertionIn(signSaml(around(sampleAssertion("_inner")), "Assertion", stranger))}</saml:Advice>`,
      ),
    ),
    "_nested",
    stranger,
  ),
);

function around(assertion: string): string {
  return plain.replace(assertionIn(plain), assertion);
}

/** The sample with somebody's name in it, in an encoding whose bytes are those of Latin-1 for that name. */
function inLatin1(encoding: string, name: string): Buffer {
  const xml = signBoth(plain.replace("alice@", `${name}@`), key);
  return Buffer.from(`<?xml version="1.0" encoding="${encoding}"?>${xml}`, "latin1");
}

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
    {
      name: "a signed assertion inside Advice",
      xml: signSaml(
        plain.replace("</saml:Conditions>", `</saml:Conditions><saml:Advice>${advised}</saml:Advice>`),
        "_assertion-1",
        key,
      ),
    },
    {
      name: "signed assertions inside Advice, one in the Advice of another",
      xml: signSaml(
        plain.replace(
          "</saml:Conditions>",
          `</saml:Conditions><saml:Advice>${nested}${advised}</saml:Advice>`,
        ),
        "_assertion-1",
        key,
      ),
    },
    {
      name: "a signed assertion inside Advice under the signature of the response",
      xml: signSaml(
        plain.replace("</saml:Conditions>", `</saml:Conditions><saml:Advice>${advised}</saml:Advice>`),
        "Response",
        key,
      ),
    },
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

describe("in another encoding, by what the bytes declare", () => {
  test.each([
    { name: "byte order mark in bytes", xml: Buffer.from(`\uFEFF${both}`) },
    { name: "ISO-8859-1", xml: inLatin1("ISO-8859-1", "Zoë") },
    { name: "ISO-8859-1 with letters that look like UTF-8", xml: inLatin1("iso-8859-1", "Ã©") },
    {
      name: "ISO-8859-1, a control character of windows-1252's euro sign",
      xml: inLatin1("ISO-8859-1", "\u0080"),
    },
    { name: "windows-1252", xml: inLatin1("Windows-1252", "Zoë") },
    { name: "ISO-8859-15", xml: inLatin1("ISO-8859-15", "Zoë") },
    { name: "US-ASCII", xml: inLatin1("US-ASCII", "Zoe") },
    { name: "ISO-8859-1, decoded already", xml: inLatin1("ISO-8859-1", "Zoë").toString("latin1") },
  ])("$name", async ({ xml }) => {
    expect(await findingsOf(xml, samplePolicy([key]), NOW)).toEqual({
      ids: [],
      signature: "verified",
      answer: "accept with mfa",
    });
  });
});
