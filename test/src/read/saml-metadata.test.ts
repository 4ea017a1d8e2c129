import { expect, test } from "vitest";
import { readSamlMetadata } from "../../../src/metadata.ts";

const MD = "urn:oasis:names:tc:SAML:2.0:metadata";
const DS = "http://www.w3.org/2000/09/xmldsig#";

function keyDescriptor(use: string, certificate: string): string {
  return `<md:KeyDescriptor${use}><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`;
}

function identityProvider(id: string, keys: string): string {
  return `<md:EntityDescriptor xmlns:md="${MD}" xmlns:ds="${DS}" entityID="${id}"><md:IDPSSODescriptor>${keys}</md:IDPSSODescriptor></md:EntityDescriptor>`;
}

function serviceProvider(id: string): string {
  return `<md:EntityDescriptor xmlns:md="${MD}" xmlns:ds="${DS}" entityID="${id}"><md:SPSSODescriptor>${keyDescriptor("", "U1A=")}</md:SPSSODescriptor></md:EntityDescriptor>`;
}

function aggregate(...entities: readonly string[]): string {
  return `<md:EntitiesDescriptor xmlns:md="${MD}">${entities.join("")}</md:EntitiesDescriptor>`;
}

function pem(body: string): string {
  return `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----`;
}

const long = "QUJD".repeat(20);
const keys =
  keyDescriptor(' use="signing"', `\n  ${long.slice(0, 50)}\n  ${long.slice(50)}\n`) +
  keyDescriptor(' use="encryption"', "RU5D") +
  keyDescriptor("", "QU5Z");
const idp = identityProvider("https://idp.example", keys);
const expected = {
  issuer: "https://idp.example",
  certificates: [pem(`${long.slice(0, 64)}\n${long.slice(64)}`), pem("QU5Z")],
};

test.each([
  { name: "an identity provider", xml: idp, metadata: expected },
  {
    name: "an XML declaration and comments",
    xml: `<?xml version="1.0"?><!-- a -->${idp}`,
    metadata: expected,
  },
  { name: "an aggregate of one", xml: aggregate(idp), metadata: expected },
  {
    name: "an aggregate with service providers",
    xml: aggregate(serviceProvider("a"), idp),
    metadata: expected,
  },
  { name: "no keys", xml: identityProvider("a", ""), metadata: { issuer: "a", certificates: [] } },
  { name: "two identity providers", xml: aggregate(idp, identityProvider("b", "")), metadata: undefined },
  { name: "a service provider", xml: serviceProvider("a"), metadata: undefined },
  { name: "no entity id", xml: idp.replace(' entityID="https://idp.example"', ""), metadata: undefined },
  { name: "another document", xml: "<html/>", metadata: undefined },
  { name: "a DOCTYPE", xml: `<!DOCTYPE x>${idp}`, metadata: undefined },
  { name: "no XML", xml: "{}", metadata: undefined },
])("$name", async ({ xml, metadata }) => {
  expect(await readSamlMetadata(xml)).toEqual(metadata);
});

const FED = "http://docs.oasis-open.org/wsfed/federation/200706";
const XSI = "http://www.w3.org/2001/XMLSchema-instance";

// WS-Federation 1.2 §3.1.2.1: the role is the type of a RoleDescriptor, told by its namespace and not by its prefix.
test.each([
  { type: 'xsi:type="fed:SecurityTokenServiceType"', isRead: true },
  { type: 'type="fed:SecurityTokenServiceType"', isRead: false },
  { type: 'xsi:type="fed:ApplicationServiceType"', isRead: false },
  { type: 'xsi:type="md:SecurityTokenServiceType"', isRead: false },
  { type: 'xsi:kind="fed:SecurityTokenServiceType"', isRead: false },
])("a RoleDescriptor with $type → $isRead", async ({ type, isRead }) => {
  const role = `<md:RoleDescriptor xmlns:fed="${FED}" xmlns:xsi="${XSI}" ${type}>${keys}</md:RoleDescriptor>`;
  const xml = `<md:EntityDescriptor xmlns:md="${MD}" xmlns:ds="${DS}" entityID="https://idp.example">${role}</md:EntityDescriptor>`;
  expect(await readSamlMetadata(xml)).toEqual(isRead ? expected : undefined);
});
