import { ParseOption, XmlDocument } from "libxml2-wasm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emissionSchema } from "../../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";

const NAMESPACES = { md: "urn:oasis:names:tc:SAML:2.0:metadata", ds: "http://www.w3.org/2000/09/xmldsig#" };
const BINDINGS = "urn:oasis:names:tc:SAML:2.0:bindings:";
const PATCHES = {
  "no-logout": [{ op: "remove", path: "/samlMetadata/singleLogout" }],
  "other-name": [{ op: "set", path: "/samlMetadata/entityId", value: `urn:"<other>` }],
  over: [{ op: "set", path: "/samlMetadata/validUntil", value: 0 }],
  "wants-signed": [{ op: "set", path: "/samlMetadata/wantAuthnRequestsSigned", value: "true" }],
  "no-key": [{ op: "set", path: "/samlMetadata/certificates", value: [] }],
  "no-member": [{ op: "set", path: "/samlMetadata/colour", value: "red" }],
  gone: [{ op: "remove", path: "/samlMetadata" }],
};

let idp: MockIdp;

beforeAll(async () => {
  const catalogue = Object.entries(PATCHES).map(([id, patch]) => ({
    id,
    title: id,
    emission: emissionSchema.parse({ channel: "saml", profile: "password-and-otp", patch }),
  }));
  idp = await startIdp({ catalogue });
});

afterAll(async () => await idp.stop());

async function read(url: string, xpath: string): Promise<readonly string[]> {
  const xml = await (await fetch(url)).text();
  const document = XmlDocument.fromString(xml, { option: ParseOption.XML_PARSE_NO_XXE });
  try {
    return document.root.find(xpath, NAMESPACES).map(({ content }) => content);
  } finally {
    document.dispose();
  }
}

test("names both endpoints under both bindings, elements in the order of the schema", async () => {
  const at = idp.trust.samlEntityId;
  const children = await read(at, "md:IDPSSODescriptor/*/@Binding");
  expect(children).toEqual(
    ["HTTP-Redirect", "HTTP-POST", "HTTP-Redirect", "HTTP-POST"].map((name) => BINDINGS + name),
  );
  expect(await read(at, "md:IDPSSODescriptor/md:SingleLogoutService/@Location")).toEqual([
    `${idp.origin}/saml/slo`,
    `${idp.origin}/saml/slo`,
  ]);
  expect(await read(at, "md:IDPSSODescriptor/*[1]/@use")).toEqual(["signing"]);
});

test.each([
  { id: "no-logout", xpath: "//md:SingleLogoutService/@Location", found: [] },
  { id: "other-name", xpath: "@entityID", found: [`urn:"<other>`] },
  { id: "over", xpath: "@validUntil", found: ["1970-01-01T00:00:00Z"] },
  { id: "wants-signed", xpath: "//@WantAuthnRequestsSigned", found: ["true"] },
  { id: "no-key", xpath: "//ds:X509Certificate", found: [] },
])("the issuer $id says so: $found", async ({ id, xpath, found }) => {
  expect(await read(`${idp.origin}/fault/${id}/saml/metadata`, xpath)).toEqual(found);
});

test.each(["no-member", "gone"])("the issuer %s cannot, and says why", async (id) => {
  const response = await fetch(`${idp.origin}/fault/${id}/saml/metadata`);
  expect(response.status).toBe(500);
  expect(await response.text()).toContain("this is no SAML metadata");
});
