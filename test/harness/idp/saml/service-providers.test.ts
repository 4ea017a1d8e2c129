import { describe, expect, test } from "vitest";
import type { AuthnRequest } from "../../../../harness/idp/saml/request.ts";
import { assertionConsumerService } from "../../../../harness/idp/saml/service-providers.ts";
import { readServiceProviders } from "../../../../harness/idp/saml/sp-metadata.ts";

const SP = "https://partner.example/sp";
const BINDINGS = "urn:oasis:names:tc:SAML:2.0:bindings";
const NAMESPACE = "urn:oasis:names:tc:SAML:2.0:metadata";

interface Acs {
  readonly url: string;
  readonly index?: number;
  readonly isDefault?: boolean;
  readonly binding?: string;
}

function metadata(endpoints: readonly Acs[], entityId = SP): string {
  const services = endpoints.map(
    ({ url, index, isDefault, binding = "HTTP-POST" }) =>
      `<m:AssertionConsumerService Binding="${BINDINGS}:${binding}" Location="${url}"` +
      (index === undefined ? "" : ` index="${index}"`) +
      (isDefault === undefined ? "/>" : ` isDefault="${isDefault}"/>`),
  );
  return (
    `<m:EntityDescriptor xmlns:m="${NAMESPACE}" entityID="${entityId}"><m:SPSSODescriptor ` +
    `protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${services.join("")}` +
    `</m:SPSSODescriptor></m:EntityDescriptor>`
  );
}

function request(changes: Partial<AuthnRequest>): AuthnRequest {
  return {
    id: "_1",
    issuer: SP,
    acsUrl: undefined,
    acsIndex: undefined,
    protocolBinding: undefined,
    isPassive: false,
    forceAuthn: false,
    nameIdPolicy: undefined,
    subject: undefined,
    comparison: undefined,
    classRefs: [],
    declRefs: [],
    ...changes,
  };
}

describe("a service provider that nobody registered", () => {
  test.each([
    "http://127.0.0.1:9/acs",
    "http://127.1.2.3/acs",
    "https://localhost/acs?x=1",
    "http://sp.localhost:8080/acs",
    "http://[::1]:9/acs",
    "HTTP://LOCALHOST:9/acs",
  ])("is answered at %s, exactly as written", (acsUrl) => {
    expect(assertionConsumerService(request({ acsUrl }), new Map())).toBe(acsUrl);
  });

  test.each([
    "https://partner.example/acs",
    "http://localhost.evil.example/acs",
    "http://127.0.0.1.evil.example/acs",
    "http://127.0.0.1@evil.example/acs",
    "http://evil.example/#127.0.0.1",
    "http://[::2]/acs",
    "http://10.0.0.1/acs",
    "//127.0.0.1/acs",
    "/acs",
    "",
    "javascript:alert(1)//127.0.0.1",
    "javascript://localhost/%0aalert(1)",
    "file://localhost/etc/passwd",
  ])("is not answered at %s", (acsUrl) => {
    expect(() => assertionConsumerService(request({ acsUrl }), new Map())).toThrow("not on this machine");
  });

  test.each([{}, { acsIndex: "0" }])("is not answered without an address: %j", (changes) => {
    expect(() => assertionConsumerService(request(changes), new Map())).toThrow("does not say where");
  });
});

describe("a registered service provider", () => {
  const several: readonly Acs[] = [
    { url: "https://partner.example/artifact", index: 0, binding: "HTTP-Artifact" },
    { url: "https://partner.example/a", index: 1 },
    { url: "https://partner.example/b", index: 2, isDefault: true },
    { url: "https://partner.example/c?x=1&amp;y=2", index: 7 },
  ];

  test.each<[readonly Acs[], Partial<AuthnRequest>, string]>([
    [several, {}, "https://partner.example/b"],
    [several, { acsIndex: "1" }, "https://partner.example/a"],
    [several, { acsIndex: "7" }, "https://partner.example/c?x=1&y=2"],
    [several, { acsUrl: "https://partner.example/a" }, "https://partner.example/a"],
    [several, { acsUrl: "https://partner.example/a", acsIndex: "2" }, "https://partner.example/a"],
    [[{ url: "https://partner.example/only" }], {}, "https://partner.example/only"],
    [
      [{ url: "https://partner.example/no", isDefault: false }, { url: "https://partner.example/unmarked" }],
      {},
      "https://partner.example/unmarked",
    ],
    [
      [
        { url: "https://partner.example/no", isDefault: false },
        { url: "https://partner.example/no2", isDefault: false },
      ],
      {},
      "https://partner.example/no",
    ],
  ])("%j asked with %j is answered at %s", (endpoints, changes, url) => {
    const registered = readServiceProviders([metadata(endpoints)]);
    expect(assertionConsumerService(request(changes), registered)).toBe(url);
  });

  test.each<Partial<AuthnRequest>>([
    { acsUrl: "https://evil.example/acs" },
    { acsUrl: "https://partner.example/a/" },
    { acsUrl: "https://partner.example/artifact" },
    { acsUrl: "http://127.0.0.1/acs" },
    { acsIndex: "0" },
    { acsIndex: "3" },
  ])("is not answered elsewhere: %j", (changes) => {
    const registered = readServiceProviders([metadata(several)]);
    expect(() => assertionConsumerService(request(changes), registered)).toThrow("has no POST endpoint");
  });

  test("stands beside others, each with its own endpoints", () => {
    const other = "https://other.example/sp";
    const registered = readServiceProviders([
      metadata([{ url: "https://partner.example/a" }]),
      metadata([{ url: "https://other.example/a" }], other),
    ]);
    expect(assertionConsumerService(request({ issuer: other }), registered)).toBe("https://other.example/a");
  });
});

test.each([
  ["HTTP-Artifact", /HTTP-Artifact/],
  ["PAOS", /PAOS/],
])("an answer by %s is not given", (binding, reason) => {
  const asked = request({ acsUrl: "http://127.0.0.1/acs", protocolBinding: `${BINDINGS}:${binding}` });
  expect(() => assertionConsumerService(asked, new Map())).toThrow(reason);
});

function containing(text: string): unknown {
  return expect.stringContaining(text);
}

describe("metadata that is none", () => {
  const good = metadata([{ url: "https://partner.example/a" }]);

  test.each([
    ["text", "hello"],
    ["half", good.slice(0, -10)],
    ["no entity id", good.replace(/entityID="[^"]+"/, "")],
    ["no endpoint", metadata([])],
    ["no POST endpoint", metadata([{ url: "https://partner.example/a", binding: "PAOS" }])],
    ["no web address", metadata([{ url: "javascript:alert(1)" }])],
    ["a DOCTYPE", `<!DOCTYPE a>${good}`],
  ])("%s: an error of ours that says which", (_what, document) => {
    const first = metadata([{ url: "https://x.example/" }], "x");
    expect(() => readServiceProviders([first, document])).toThrow(
      expect.objectContaining({ code: "ERR_CONFIG_INVALID", message: containing("metadata 2") }),
    );
  });

  test("given twice", () => {
    expect(() => readServiceProviders([good, good])).toThrow("was given before");
  });
});
