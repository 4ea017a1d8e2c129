import { describe, expect, test } from "vitest";
import { readWsFedResponse } from "../../../src/read/wsfed-response.ts";
import { encryptedAssertion, encryptedData } from "../../support/encrypted-saml.ts";
import { ISSUER, rsaKey, sampleAssertion, signatureIn, signSaml } from "../../support/signed-saml.ts";
import {
  answerAround,
  collectionAround,
  REALM,
  sampleToken,
  signToken,
  tokenIn,
  WSFED_ISSUER,
  wsFedPolicy,
} from "../../support/signed-wsfed.ts";
import { judged, key, plain } from "../rules/wsfed/findings.ts";

const stranger = rsaKey();
const ours = rsaKey();
const decryptionKeys = [ours.privateKey.export({ type: "pkcs8", format: "pem" }).toString()];
const signed = signToken(plain, key);
const genuine = tokenIn(signed);
const signature = signatureIn(signed);
const forged = sampleToken("_forged").replaceAll("aW1tdXRhYmxl", "bWFsbG9yeQ");

/** A SAML 2.0 token, about the same user and for the same realm. */
const saml2 = sampleAssertion()
  .replace(ISSUER, WSFED_ISSUER)
  .replace("https://sp.example/metadata", REALM)
  .replace(/<saml:SubjectConfirmationData[^>]*>/, "<saml:SubjectConfirmationData/>");

describe("answers that are taken", () => {
  test.each([
    { name: "WS-Trust 2005/02", xml: signed },
    { name: "WS-Trust 1.3, in a collection", xml: signToken(collectionAround(sampleToken()), key) },
    { name: "SAML 2.0 token", xml: signSaml(answerAround(saml2), "Assertion", key) },
    {
      name: "other prefixes",
      xml: signToken(plain.replaceAll("saml:", "a:").replace("xmlns:saml", "xmlns:a"), key)
        .replaceAll(/(<\/?)t:/g, "$1trust:")
        .replace("xmlns:t=", "xmlns:trust="),
    },
    {
      name: "line breaks and comments between elements",
      xml: signToken(plain.replaceAll("><", ">\r\n<!-- x --><"), key),
    },
    { name: "XML declaration and byte order mark", xml: `\uFEFF<?xml version="1.0"?>${signed}` },
    { name: "token encrypted", xml: answerAround(encryptedData(genuine, ours)) },
    { name: "assertion encrypted", xml: answerAround(encryptedAssertion(genuine, ours)) },
    {
      name: "assertion in Advice",
      xml: signSaml(
        plain.replace("</saml:Conditions>", `</saml:Conditions><saml:Advice>${forged}</saml:Advice>`),
        "Assertion'][@AssertionID='_assertion-1",
        key,
        { idAttribute: "AssertionID", after: "AuthenticationStatement" },
      ),
    },
  ])("$name", async ({ xml }) => {
    const wanted = { verdict: "compliant", signature: "verified", ids: [] };
    expect(await judged(xml, { decryptionKeys })).toEqual(wanted);
    expect(await judged(new TextEncoder().encode(xml), { decryptionKeys })).toEqual(wanted);
    const { artifact } = await readWsFedResponse(xml, wsFedPolicy([key], { decryptionKeys }));
    expect(["aW1tdXRhYmxl", "alice"]).toContain(artifact?.subjects[0]?.name?.value);
  });
});

describe("answers that prove nothing", () => {
  const inToken = (search: string | RegExp, put: string): string => signed.replace(search, put);
  const STRUCTURE = "wsfed.message.structure";
  test.each([
    { name: "not signed", xml: plain, id: "wsfed.signature.missing" },
    { name: "signed by a stranger", xml: signToken(plain, stranger), id: "wsfed.signature.invalid" },
    { name: "value changed", xml: inToken("alice@", "mallory@"), id: "wsfed.signature.invalid" },
    {
      name: "method changed",
      xml: inToken(/AuthenticationMethod="[^"]*/, 'AuthenticationMethod="x'),
      id: "wsfed.signature.invalid",
    },
    { name: "forged first", xml: answerAround(forged + genuine), id: STRUCTURE },
    { name: "forged last", xml: answerAround(genuine + forged), id: STRUCTURE },
    { name: "forged beside the holder", xml: signed.replace("<t:Lifetime/>", forged), id: STRUCTURE },
    { name: "SAML 2.0 beside the holder", xml: signed.replace("<t:Lifetime/>", saml2), id: STRUCTURE },
    {
      name: "two holders",
      xml: signed.replace("<t:Lifetime/>", `<t:RequestedSecurityToken>${forged}</t:RequestedSecurityToken>`),
      id: STRUCTURE,
    },
    {
      name: "genuine inside the forged",
      xml: answerAround(forged.replace("<saml:Conditions", `${genuine}<saml:Conditions`)),
      id: "wsfed.signature.structure",
    },
    {
      name: "signature moved to the forged",
      xml: answerAround(forged.replace("<saml:Conditions", `${signature}<saml:Conditions`)),
      id: "wsfed.signature.structure",
    },
    {
      name: "the same ID, by another name of the attribute",
      xml: signed.replace("<t:Lifetime/>", '<t:Lifetime Id="_assertion-1"/>'),
      id: STRUCTURE,
    },
    {
      name: "reference to an ID instead of the AssertionID",
      xml: inToken("AssertionID=", "ID="),
      id: "wsfed.signature.structure",
    },
    {
      name: "two answers",
      xml: collectionAround(sampleToken()).replace(
        /<t:RequestSecurityTokenResponse [\s\S]*Response>/,
        "$&$&",
      ),
      id: STRUCTURE,
    },
    {
      name: "an empty second answer",
      xml: signToken(collectionAround(sampleToken()), key).replace(
        "</t:RequestSecurityTokenResponseCollection>",
        "<t:RequestSecurityTokenResponse/>$&",
      ),
      id: STRUCTURE,
    },
    {
      name: "no answer",
      xml: collectionAround("").replace(/<t:RequestSecurityTokenResponse [\s\S]*Response>/, ""),
      id: STRUCTURE,
    },
    { name: "no token", xml: answerAround(""), id: STRUCTURE },
    { name: "another kind of token", xml: answerAround("<x/>"), id: STRUCTURE },
    {
      name: "no holder",
      xml: plain.replace(/<t:RequestedSecurityToken>[\s\S]*<\/t:RequestedSecurityToken>/, ""),
      id: STRUCTURE,
    },
    {
      name: "a SAML response",
      xml: "<samlp:Response xmlns:samlp='urn:oasis:names:tc:SAML:2.0:protocol'/>",
      id: STRUCTURE,
    },
    {
      name: "SOAP fault",
      xml: "<s:Fault xmlns:s='http://www.w3.org/2003/05/soap-envelope'/>",
      id: STRUCTURE,
    },
    { name: "not XML", xml: "wresult=x", id: "wsfed.xml.malformed" },
    { name: "DOCTYPE", xml: `<!DOCTYPE x>${signed}`, id: "wsfed.xml.dtd" },
    { name: "over 2 MB", xml: " ".repeat(2 * 1024 * 1024 + 1), id: "wsfed.xml.too-large" },
    {
      name: "SHA-1",
      xml: signSaml(plain, "Assertion", key, {
        algorithm: "RS1",
        idAttribute: "AssertionID",
        after: "AuthenticationStatement",
      }),
      id: "wsfed.algorithm.forbidden",
    },
    {
      name: "encrypted, inside not signed",
      xml: answerAround(encryptedData(sampleToken(), ours)),
      id: "wsfed.signature.missing",
    },
    {
      name: "encrypted, two inside",
      xml: answerAround(encryptedData(genuine + forged, ours)),
      id: STRUCTURE,
    },
    {
      name: "encrypted, genuine inside a forged",
      xml: answerAround(
        encryptedData(forged.replace("<saml:Conditions", `${genuine}<saml:Conditions`), ours),
      ),
      id: "wsfed.signature.structure",
    },
    {
      name: "encrypted with CBC, inside not signed",
      xml: answerAround(encryptedData(sampleToken(), ours, { content: "aes256-cbc" })),
      id: "wsfed.signature.missing",
    },
    {
      name: "encrypted with RSA 1.5",
      xml: answerAround(encryptedData(genuine, ours, { oaep: "none" })),
      id: "wsfed.encryption.forbidden",
    },
    {
      name: "encrypted for somebody else",
      xml: answerAround(encryptedData(genuine, stranger)),
      id: "wsfed.encryption.unreadable",
    },
    {
      name: "two subjects in one statement",
      xml: signToken(
        plain.replace("<saml:AttributeStatement>", "<saml:AttributeStatement><saml:Subject/>"),
        key,
      ),
      id: STRUCTURE,
    },
  ])("$name → $id", async ({ xml, id }) => {
    expect(await judged(xml, { decryptionKeys })).toEqual({
      verdict: "non-compliant",
      signature: "failed",
      ids: [id],
    });
  });

  const weak = rsaKey(1024);
  const other = { issuer: "http://other.example", jwks: { keys: [stranger.jwk] } };
  const own = { issuer: WSFED_ISSUER, jwks: { keys: [key.jwk] } };
  test.each([
    {
      name: "another issuer's key",
      xml: signToken(plain, stranger),
      issuers: [own, other],
      id: "wsfed.key.untrusted",
    },
    {
      name: "RSA-1024",
      xml: signToken(plain, weak),
      issuers: [{ issuer: WSFED_ISSUER, jwks: { keys: [weak.jwk] } }],
      id: "wsfed.key.weak",
    },
  ])("$name → $id", async ({ xml, issuers, id }) => {
    expect((await judged(xml, { issuers })).ids).toEqual([id]);
  });
});

describe("what cannot be told", () => {
  const UNCHECKED = "wsfed.signature.unchecked";
  test.each([
    { name: "no key, signed", xml: signed, ids: [UNCHECKED] },
    {
      name: "no key, not signed",
      xml: plain,
      ids: [UNCHECKED, "wsfed.signature.missing"],
      verdict: "non-compliant",
    },
    {
      name: "no key, reference wrong",
      xml: signed.replace("#_assertion-1", "#x"),
      ids: [UNCHECKED, "wsfed.signature.structure"],
      verdict: "non-compliant",
    },
    { name: "encrypted", xml: answerAround(encryptedData(genuine, ours)), ids: ["wsfed.token.encrypted"] },
  ])("$name → $ids", async ({ xml, ids, verdict = "inconclusive" }) => {
    expect(await judged(xml, { issuers: [] })).toEqual({ verdict, signature: "unchecked", ids });
  });
});
