import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { findArtifacts, searchArtifacts } from "../../../src/find/find-artifacts.ts";
import * as saml from "../../support/signed-saml.ts";
import { idClaims, rsaKey, signed } from "../support/tokens.ts";

const ID = signed({ alg: "RS256", kid: "k", typ: "JWT" }, idClaims(), rsaKey("k"));
const XML = saml.sampleResponse();
const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString("base64");
const uri = encodeURIComponent;
const id = (at: string) => ({ kind: "id-token", artifact: ID, at });
const pretty = (value: object): string => JSON.stringify(value, undefined, 2);

describe("what a tool has decoded", () => {
  const header = { alg: "RS256", typ: "JWT", kid: "k" };
  const claims = idClaims();
  const decoded = (at: string, known = true) => [
    { kind: "id-token", artifact: { header: known ? header : {}, claims }, at },
  ];

  test.each([
    { name: "the payload alone", input: pretty(claims), found: decoded("", false) },
    { name: "the payload on one line", input: JSON.stringify(claims), found: decoded("", false) },
    {
      name: "header and payload in JSON",
      input: pretty({ header, payload: claims, signature: "x" }),
      found: decoded(""),
    },
    {
      name: "as jwt.ms shows it",
      input: `${pretty(header)}.${pretty(claims)}.[Signature]`,
      found: decoded("line 5"),
    },
    {
      name: "as jwt.ms shows it, on one line",
      input: `${JSON.stringify(header)}.${JSON.stringify(claims)}.[Signature]\nx`,
      found: decoded("line 1"),
    },
    {
      name: "under headings",
      input: `Token header\n------\n${pretty(header)}\n\nToken claims\n------\n${pretty(claims)}\n`,
      found: decoded("line 11"),
    },
    { name: "beside the token itself", input: pretty({ id_token: ID, claims }), found: [id("/id_token")] },
    { name: "the answer to an introspection", input: pretty({ active: true, ...claims }), found: [] },
    { name: "an assertion of a client", input: pretty({ ...claims, iss: "c", sub: "c" }), found: [] },
    { name: "user info", input: pretty({ sub: "x", name: "Kim", email: "kim@partner.example" }), found: [] },
  ])("$name", ({ input, found }) => {
    expect(findArtifacts(input)).toEqual(found);
  });
});

test.each([
  {
    name: "a SAML request",
    input: '<p:AuthnRequest xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol"/>',
    says: /AuthnRequest/,
  },
  {
    name: "a compressed SAML request",
    input: `SAMLRequest=${uri(base64(deflateRawSync(`<AuthnRequest>${"x".repeat(200)}</AuthnRequest>`)))}`,
    says: undefined,
  },
  { name: "a logout request", input: "<p:LogoutRequest/>", says: /logout/ },
  {
    name: "a logout response in a form",
    input: `SAMLResponse=${uri(base64("<p:LogoutResponse xmlns:p='urn:oasis:names:tc:SAML:2.0:protocol'/>"))}`,
    says: /logout/,
  },
  { name: "metadata", input: "<md:EntityDescriptor/>", says: /metadata/ },
  { name: "a SOAP fault", input: "<s:Envelope><s:Body><s:Fault/></s:Body></s:Envelope>", says: /SOAP/ },
  { name: "a feed", input: "<?xml version='1.0'?><rss version='2.0'><channel/></rss>", says: /"rss"/ },
  {
    name: "a page about an error",
    input: "<!DOCTYPE html><html><body>AADSTS50011</body></html>",
    says: undefined,
  },
  {
    name: "an assertion alone",
    input: XML.slice(XML.indexOf("<saml:Assertion"), XML.indexOf("</saml:Assertion>") + 17),
    says: /whole Response/,
  },
  {
    name: "an answer of another interface",
    input: "<Response><Say>Hello to all of you</Say></Response>",
    says: /"Response"/,
  },
  {
    name: "a SAML 1.1 response",
    input: '<Response xmlns="urn:oasis:names:tc:SAML:1.0:protocol"/>',
    says: /SAML 1\.1/,
  },
  {
    name: "a refresh token in JWT form",
    input: JSON.stringify({ refresh_token: ID }),
    says: /refresh_token/,
  },
  { name: "a DOCTYPE without an end", input: '<!DOCTYPE r [<!ENTITY e "', says: /without a root/ },
  {
    name: "YAML",
    input: "openapi: 3.1.0\ninfo:\n  title: an interface with a long title\n",
    says: undefined,
  },
  { name: "JSON", input: '{"name":"a configuration of something", "version": 1}', says: undefined },
])("$name is no artifact", ({ input, says }) => {
  const { artifacts, passedOver } = searchArtifacts(input);
  expect(artifacts).toEqual([]);
  if (says !== undefined) expect(passedOver[0]?.message).toMatch(says);
});

describe("a limit that is met is said", () => {
  const tokens = (count: number): string =>
    Array.from(
      { length: count },
      (_, index) => `${ID.slice(0, ID.lastIndexOf("."))}.${base64(String(index))}`,
    ).join("\n");

  test.each([
    { name: "a thousand artifacts", input: tokens(1000), found: 1000, says: [] },
    { name: "one more", input: tokens(1001), found: 1000, says: [/^follows on 1000 others/] },
    {
      name: "more than 128 Mi characters",
      input: " ".repeat(128 * 1024 * 1024 + 1),
      found: 0,
      says: [/128 Mi/],
    },
    {
      name: "JSON of 70 levels",
      input: `${"[".repeat(70)}"${ID}"${"]".repeat(70)}`,
      found: 0,
      says: [/levels deep/],
    },
    { name: "JSON in JSON, 12 times", input: nested(12), found: 0, says: [/wrapped more than 8 times/] },
    { name: "JSON in JSON, 8 times", input: nested(8), found: 1, says: [] },
  ])("$name", ({ input, found, says }) => {
    const { artifacts, unsearched } = searchArtifacts(input);
    expect(artifacts).toHaveLength(found);
    expect(unsearched).toHaveLength(says.length);
    for (const [index, say] of says.entries()) expect(unsearched[index]?.message).toMatch(say);
  });

  function nested(times: number): string {
    return Array.from({ length: times }).reduce<string>((text) => JSON.stringify([text]), ID);
  }
});
