import { describe, expect, test } from "vitest";
import { checkCost, checkStrictly } from "../../../../harness/partner/service-provider/saml-strict-xml.ts";

const GOOD =
  '<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion" ' +
  'Version="2.0" IssueInstant="2026-01-01T00:00:00Z"><a:Issuer>idp</a:Issuer><a:Assertion Version="2.0" ' +
  'IssueInstant="2026-01-01T00:00:00.5Z"><a:Subject><a:NameID>agent</a:NameID></a:Subject>' +
  '<a:Conditions NotBefore="2026-01-01T00:00:00Z"/><a:AttributeStatement><a:Attribute Name="n"/>' +
  "</a:AttributeStatement></a:Assertion></p:Response>";

describe("what node-saml lets pass and this service provider does not", () => {
  test.each([
    { find: "", replace: "" },
    { find: "<p:Response", replace: '<?xml version="1.0" encoding="UTF-8"?>\n<p:Response' },
    { find: "<a:Conditions", replace: "<!-- between --><a:Conditions" },
  ])("$replace is taken", ({ find, replace }) => {
    expect(() => checkStrictly(GOOD.replace(find, replace))).not.toThrow();
  });

  test.each([
    { find: "<p:Response", replace: '<?xml version="1.1"?><p:Response', reason: /another XML/ },
    {
      find: "<p:Response",
      replace: '<?xml version="1.0" encoding="UTF-16"?><p:Response',
      reason: /another XML/,
    },
    { find: "<p:Response", replace: "<!DOCTYPE p:Response><p:Response", reason: /DOCTYPE/ },
    { find: "</p:Response>", replace: "</p:Response>more", reason: /outside/ },
    { find: "<a:Issuer>", replace: "<p:Response/><a:Issuer>", reason: /inside another/ },
    { find: "agent", replace: "ag<!---->ent", reason: /NameID/ },
    { find: "agent", replace: "ag<b/>ent", reason: /NameID/ },
    { find: "agent", replace: " ", reason: /NameID/ },
    { find: "<a:Issuer>", replace: '<a:Issuer xmlns:r="1">', reason: /relative/ },
    { find: "<a:Issuer>", replace: '<a:Issuer Format="urn:x">', reason: /format urn:x/ },
    { find: 'Version="2.0"', replace: 'Version="1.1"', reason: /version of the response/ },
    { find: 'Assertion Version="2.0"', replace: "Assertion", reason: /version of the assertion/ },
    { find: "00:00.5Z", replace: "00:00.5+01:00", reason: /no time in UTC/ },
    { find: 'NotBefore="2026-01-01T00:00:00Z"', replace: 'NotBefore=""', reason: /NotBefore/ },
    { find: '<a:Attribute Name="n"/>', replace: "", reason: /AttributeStatement/ },
    {
      find: "<a:Issuer>",
      replace: '<DigestMethod Algorithm="http://www.w3.org/2000/09/xmldsig#sha1"/><a:Issuer>',
      reason: /sha1 is not allowed/,
    },
  ])("$replace: $reason", ({ find, replace, reason }) => {
    expect(() => checkStrictly(GOOD.replace(find, replace))).toThrow(reason);
  });

  test.each([
    { tags: 20_000, taken: true },
    { tags: 20_001, taken: false },
  ])("$tags tags: $taken", ({ tags, taken }) => {
    const check = (): void => checkCost(Buffer.from("<".repeat(tags)).toString("base64"));
    if (taken) expect(check).not.toThrow();
    else expect(check).toThrow("limit");
  });
});
