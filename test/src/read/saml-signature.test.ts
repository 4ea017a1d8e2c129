import { describe, expect, test } from "vitest";
import { NOW, rsaKey, samplePolicy, sampleResponse, signBoth, signSaml } from "../../support/signed-saml.ts";
import { findingsOf } from "../rules/saml/findings.ts";

const INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
const EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
const ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const SHA_1 = "http://www.w3.org/2000/09/xmldsig#sha1";
const DS = "http://www.w3.org/2000/09/xmldsig#";

const key = rsaKey();
const stranger = rsaKey();
const policy = samplePolicy([key]);
const plain = sampleResponse();
const signed = signSaml(plain, "Assertion", key);
const both = signBoth(plain, key);

describe("signatures that prove nothing", () => {
  const strange = signSaml(plain, "Assertion", stranger);
  const inSignature = (search: string, put: string): string => signed.replace(search, put);
  const digest = /<ds:DigestValue>(.*)<\/ds:DigestValue>/.exec(signed)?.[1] ?? "";
  test.each([
    { name: "no signature", xml: plain, id: "saml.signature.missing" },
    { name: "stranger's key", xml: strange, id: "saml.signature.invalid" },
    {
      name: "response signed by a stranger",
      xml: signSaml(signed, "Response", stranger),
      id: "saml.signature.invalid",
    },
    {
      name: "assertion signed by a stranger",
      xml: signSaml(strange, "Response", key),
      id: "saml.signature.invalid",
    },
    { name: "value changed", xml: signed.replace(">alice<", ">malice<"), id: "saml.signature.invalid" },
    {
      name: "attribute changed",
      xml: signed.replace("12:05:00Z", "23:05:00Z"),
      id: "saml.signature.invalid",
    },
    {
      name: "envelope of a signed response changed",
      xml: both.replace("status:Success", "status:Requester"),
      id: "saml.signature.invalid",
    },
    {
      name: "digest changed",
      xml: inSignature(digest, digest.startsWith("A") ? digest.replace("A", "B") : digest.replace(/^./, "A")),
      id: "saml.signature.invalid",
    },
    {
      name: "signature value empty",
      xml: signed.replace(/<ds:SignatureValue>.*<\/ds:SignatureValue>/, "<ds:SignatureValue/>"),
      id: "saml.signature.structure",
    },
    {
      name: "comment in DigestValue",
      xml: inSignature("<ds:DigestValue>", "<ds:DigestValue><!---->"),
      id: "saml.signature.structure",
    },
    {
      name: "element in DigestValue",
      xml: inSignature("<ds:DigestValue>", "<ds:DigestValue><x/>"),
      id: "saml.signature.structure",
    },
    {
      name: "second DigestValue",
      xml: inSignature("</ds:Reference>", `<ds:DigestValue>${digest}</ds:DigestValue></ds:Reference>`),
      id: "saml.signature.structure",
    },
    {
      name: "second SignedInfo",
      xml: inSignature("<ds:SignatureValue>", `<ds:SignedInfo/><ds:SignatureValue>`),
      id: "saml.signature.structure",
    },
    {
      name: "second Reference",
      xml: inSignature("</ds:SignedInfo>", "<ds:Reference/></ds:SignedInfo>"),
      id: "saml.signature.structure",
    },
    { name: "reference to nothing", xml: inSignature("#_assertion-1", ""), id: "saml.signature.structure" },
    {
      name: "reference to another element",
      xml: inSignature("#_assertion-1", "#_response-1"),
      id: "saml.signature.structure",
    },
    {
      name: "no ID to refer to",
      xml: signed.replace(' ID="_assertion-1"', ""),
      id: "saml.signature.structure",
    },
    {
      name: "HMACOutputLength",
      xml: inSignature(
        'rsa-sha256"/>',
        'rsa-sha256"><ds:HMACOutputLength>1</ds:HMACOutputLength></ds:SignatureMethod>',
      ),
      id: "saml.signature.structure",
    },
    {
      name: "parameters of enveloped-signature",
      xml: signed.replace('enveloped-signature"/>', 'enveloped-signature"><x/></ds:Transform>'),
      id: "saml.signature.structure",
    },
    {
      name: "endless PrefixList",
      xml: signed.replace(
        `c14n#"/></ds:Transforms>`,
        `c14n#"><i:InclusiveNamespaces xmlns:i="${EXCLUSIVE}" PrefixList="${"p ".repeat(65)}"/></ds:Transform></ds:Transforms>`,
      ),
      id: "saml.signature.structure",
    },
    {
      name: "third transform",
      xml: inSignature("</ds:Transforms>", `<ds:Transform Algorithm="${EXCLUSIVE}"/></ds:Transforms>`),
      id: "saml.signature.structure",
    },
    {
      name: "inclusive canonicalisation by a stranger",
      xml: signSaml(plain, "Assertion", stranger, { transforms: [ENVELOPED, INCLUSIVE] }),
      id: "saml.signature.invalid",
    },
    {
      name: "changed under inclusive canonicalisation",
      xml: signSaml(plain, "Assertion", key, { transforms: [ENVELOPED, INCLUSIVE] }).replace(
        ">alice<",
        ">malice<",
      ),
      id: "saml.signature.invalid",
    },
    {
      name: "a namespace declared around what was canonicalised inclusively",
      xml: signSaml(plain, "Assertion", key, { transforms: [ENVELOPED, INCLUSIVE] }).replace(
        "<samlp:Response",
        '<samlp:Response xmlns:x="urn:x"',
      ),
      id: "saml.signature.invalid",
    },
    {
      name: "inclusive canonicalisation before enveloped-signature",
      xml: signSaml(plain, "Assertion", key, { transforms: [INCLUSIVE, ENVELOPED] }),
      id: "saml.signature.structure",
    },
    {
      name: "two signatures on one element",
      xml: signSaml(signed, "Assertion", key),
      id: "saml.message.structure",
    },
    {
      name: "RSA with SHA-1",
      xml: signSaml(plain, "Assertion", key, { algorithm: "RS1" }),
      id: "saml.algorithm.forbidden",
    },
    {
      name: "SHA-1 digest",
      xml: signSaml(plain, "Assertion", key, { digest: SHA_1 }),
      id: "saml.algorithm.forbidden",
    },
    {
      name: "HMAC",
      xml: inSignature("2001/04/xmldsig-more#rsa-sha256", "2000/09/xmldsig#hmac-sha1"),
      id: "saml.algorithm.forbidden",
    },
    {
      name: "https: identifier",
      xml: inSignature("http://www.w3.org/2001/04/xmldsig-more", "https://www.w3.org/2001/04/xmldsig-more"),
      id: "saml.algorithm.forbidden",
    },
    {
      name: "prototype member as algorithm",
      xml: inSignature("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "__proto__"),
      id: "saml.algorithm.forbidden",
    },
    {
      name: "prototype member as digest",
      xml: inSignature("http://www.w3.org/2001/04/xmlenc#sha256", "constructor"),
      id: "saml.algorithm.forbidden",
    },
  ])("$name → $id", async ({ xml, id }) => {
    expect(await findingsOf(xml, policy, NOW)).toEqual({ ids: [id], signature: "failed", answer: "reject" });
  });

  test("a signature in another namespace is none", async () => {
    const xml = signed.replaceAll(DS, "urn:example:not-a-signature#");
    expect((await findingsOf(xml, policy, NOW)).ids).toEqual(["saml.signature.missing"]);
  });

  test("a key in KeyInfo is not looked at", async () => {
    const keyInfo = `<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>${String(stranger.jwk["n"])}</ds:Modulus><ds:Exponent>AQAB</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>`;
    const xml = signSaml(plain, "Assertion", stranger, { keyInfo });
    expect((await findingsOf(xml, policy, NOW)).ids).toEqual(["saml.signature.invalid"]);
  });
});
