import { generateKeyPairSync } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeCertificate, selfSignedCertificate } from "../../../../harness/emission/keys/certificate.ts";
import { keyNotes } from "../../../../harness/cli/judge/key-notes.ts";
import { readKeys } from "../../../../harness/cli/judge/keys.ts";
import { HarnessError } from "../../../../harness/errors.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { judgeIdToken, policies, type TrustedIssuer } from "../../../../src/index.ts";
import { CLIENT, idClaims, NOW, signed } from "../../../src/support/tokens.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
const { publicKey, privateKey } = pair;
const pem = selfSignedCertificate(pair, "idp.example", NOW);
const base64 = pem.replaceAll(/-----[^-]+-----|\s/g, "");
const der = Buffer.from(base64, "base64");
const jwk = publicKey.export({ format: "jwk" });
const spki = publicKey.export({ format: "pem", type: "spki" }).toString();
const spkiDer = publicKey.export({ format: "der", type: "spki" });
const pkcs1 = publicKey.export({ format: "pem", type: "pkcs1" }).toString();
const secret = privateKey.export({ format: "pem", type: "pkcs8" }).toString();
const wide = (text: string, width: number, indent = ""): string =>
  text.replaceAll(new RegExp(`.{${width}}`, "g"), `$&\r\n${indent}`);
const utf16 = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, "utf16le");

const MD = "urn:oasis:names:tc:SAML:2.0:metadata";
const FED = "http://docs.oasis-open.org/wsfed/federation/200706";
const descriptor = (use: string, certificate = base64): string =>
  `<KeyDescriptor use="${use}"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${certificate}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>`;
const role = (type: string, keys: string): string =>
  `<RoleDescriptor xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:f="${FED}" xsi:type="f:${type}">${keys}</RoleDescriptor>`;
const entity = (id: string, roles: string): string =>
  `<EntityDescriptor xmlns="${MD}" entityID="${id}">${roles}</EntityDescriptor>`;
const ADFS = "http://sts.contoso.example/adfs/services/trust";
const adfs = entity(
  ADFS,
  [
    role("ApplicationServiceType", descriptor("encryption", "RU5D")),
    role("SecurityTokenServiceType", descriptor("encryption", "RU5D") + descriptor("signing")),
    `<SPSSODescriptor>${descriptor("signing", "U1A=")}</SPSSODescriptor>`,
    `<IDPSSODescriptor>${descriptor("encryption", "RU5D")}${descriptor("signing")}</IDPSSODescriptor>`,
  ].join(""),
);

async function read(content: string | Buffer): Promise<readonly TrustedIssuer[]> {
  await using folder = await temporaryFolder();
  const file = join(folder.path, "keys");
  await writeFile(file, content);
  return await readKeys([file], "Check the path.");
}

test.each<{ name: string; content: string | Buffer; issuers?: readonly (string | undefined)[] }>([
  { name: "a JWK Set", content: JSON.stringify({ keys: [jwk] }) },
  { name: "a JWK", content: JSON.stringify(jwk) },
  { name: "a list of JWKs", content: JSON.stringify([jwk]) },
  { name: "a private JWK", content: JSON.stringify(privateKey.export({ format: "jwk" })) },
  {
    name: "a JWK that is known by its chain",
    content: JSON.stringify({ keys: [{ kty: "RSA", x5c: [base64] }] }),
  },
  {
    name: "a document with a JWK Set in it",
    content: JSON.stringify({ issuer: "https://a", jwks: { keys: [jwk] } }),
    issuers: ["https://a"],
  },
  { name: "a JWK Set in UTF-16", content: utf16(JSON.stringify({ keys: [jwk] })) },
  { name: "a certificate", content: pem },
  { name: "a certificate in UTF-16", content: utf16(pem) },
  { name: "a certificate with its private key", content: secret + pem },
  { name: "a certificate from an environment variable", content: pem.replaceAll("\n", "\\n") },
  { name: "a certificate under its old label", content: pem.replaceAll("CERTIFICATE", "X509 CERTIFICATE") },
  { name: "a certificate in DER", content: der },
  { name: "a certificate in base64", content: base64 },
  { name: "a certificate in base64, wrapped", content: wide(base64, 76) },
  { name: "a public key", content: spki },
  { name: "a public key of PKCS #1", content: pkcs1 },
  { name: "a public key in DER", content: spkiDer },
  { name: "a public key in base64", content: spkiDer.toString("base64") },
  { name: "certificates by key id", content: JSON.stringify({ k1: pem }) },
  {
    name: "a federation configuration of Microsoft Graph",
    content: JSON.stringify({ issuerUri: ADFS, signingCertificate: base64, nextSigningCertificate: null }),
    issuers: [ADFS],
  },
  {
    name: "a list of them",
    content: JSON.stringify({
      value: [{ issuerUri: ADFS, signingCertificate: base64, nextSigningCertificate: base64 }],
    }),
    issuers: [ADFS],
  },
  {
    name: "the same as a shell lists it",
    content: utf16(
      `Id                 : 1\r\nIssuerUri          : ${ADFS}\r\nSigningCertificate : ${wide(base64, 60, " ".repeat(21))}\r\nNextSigningCertificate :\r\n`,
    ),
    issuers: [ADFS],
  },
  { name: "metadata of AD FS", content: adfs, issuers: [ADFS] },
  {
    name: "metadata in UTF-16",
    content: utf16(`<?xml version="1.0" encoding="utf-16"?>${adfs}`),
    issuers: [ADFS],
  },
  {
    name: "metadata of several, in groups",
    content: `<EntitiesDescriptor xmlns="${MD}">${entity("sp", `<SPSSODescriptor>${descriptor("signing", "U1A=")}</SPSSODescriptor>`)}<EntitiesDescriptor>${entity("a", role("SecurityTokenServiceType", descriptor("signing")))}${entity("b", `<IDPSSODescriptor>${descriptor("signing")}</IDPSSODescriptor>`)}</EntitiesDescriptor></EntitiesDescriptor>`,
    issuers: ["a", "b"],
  },
])("$name verifies a signature", async ({ content, issuers = [undefined] }) => {
  const found = await read(content);
  expect(found.map(({ issuer }) => issuer)).toEqual(issuers);
  const token = signed({ alg: "RS256" }, idClaims(), { privateKey, jwk: {} });
  for (const { issuer: _, ...keys } of found) {
    const policy = { ...policies.oidc, issuers: [keys], audiences: [CLIENT] };
    expect(await judgeIdToken(token, policy, NOW)).toMatchObject({
      verdict: "compliant",
      signature: "verified",
    });
  }
});

test("our own metadata, of SAML and WS-Federation, name the keys that sign", async () => {
  await using idp = await startIdp();
  for (const path of ["/saml/metadata", "/wsfed/metadata"]) {
    const metadata = await (await fetch(`${idp.origin}${path}`)).text();
    const [issuer] = await read(metadata);
    expect(issuer?.issuer).toBe(`${idp.origin}${path}`);
    expect(issuer?.certificates?.map((each) => each.trim())).toEqual([idp.trust.samlCertificate.trim()]);
  }
});

test.each([
  { name: "nothing", content: "", says: /it is empty/ },
  { name: "prose", content: "no key", says: /text without/ },
  { name: "a private key", content: secret, says: /it is a private key/, hint: /pkey .*-pubout/ },
  {
    name: "a private key in DER",
    content: privateKey.export({ format: "der", type: "pkcs8" }),
    says: /it is a private key/,
  },
  {
    name: "PKCS #12",
    content: Buffer.concat([Buffer.from([0x30, 0x82, 1, 0, 2, 1, 3, 0x30]), Buffer.alloc(253)]),
    says: /PKCS #12/,
    hint: /-nokeys/,
  },
  {
    name: "PKCS #7",
    content: "-----BEGIN PKCS7-----\nMIIB\n-----END PKCS7-----",
    says: /PKCS #7/,
    hint: /print_certs/,
  },
  {
    name: "a key store of Java",
    content: Buffer.from([0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2]),
    says: /Java/,
    hint: /keytool/,
  },
  {
    name: "a request for a certificate",
    content: "-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----",
    says: /request/,
  },
  { name: "a certificate that was cut off", content: pem.slice(0, 200), says: /cut off/ },
  {
    name: "a certificate that is none",
    content: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
    says: /cannot be read/,
  },
  { name: "a key of SSH", content: "ssh-ed25519 AAAAC3Nz kim@host", says: /SSH/, hint: /ssh-keygen/ },
  {
    name: "an OpenID configuration",
    content: '{"issuer":"https://idp","jwks_uri":"https://idp/jwks"}',
    says: /OpenID configuration/,
    hint: /https:\/\/idp\/jwks/,
  },
  { name: "symmetric keys", content: '{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}', says: /symmetric/ },
  {
    name: "keys for encryption",
    content: JSON.stringify({ keys: [{ ...jwk, use: "enc" }] }),
    says: /for encryption/,
  },
  { name: "a JWK without a modulus", content: '{"kty":"RSA","e":"AQAB"}', says: /n and e/ },
  { name: "no keys in a set", content: '{"keys":[]}', says: /empty/ },
  { name: "other JSON", content: '{"a":1}', says: /JSON without keys/ },
  { name: "broken JSON", content: '{"keys":[', says: /begins like JSON/ },
  {
    name: "metadata of a service provider",
    content: entity("sp", `<SPSSODescriptor>${descriptor("signing")}</SPSSODescriptor>`),
    says: /no identity provider/,
  },
  {
    name: "metadata of an application of WS-Federation",
    content: entity("rp", role("ApplicationServiceType", descriptor("signing"))),
    says: /no identity provider/,
  },
  {
    name: "metadata without a signing key",
    content: entity("a", role("SecurityTokenServiceType", descriptor("encryption"))),
    says: /no signing certificate/,
  },
  { name: "a page", content: "<!doctype html><html></html>", says: /a page/ },
  {
    name: "a token",
    content: signed({ alg: "RS256" }, idClaims(), { privateKey, jwk: {} }),
    says: /a token or response/,
  },
])("$name is no key: an error, never a verdict", async ({ content, says, hint = /./ }) => {
  const error: unknown = await read(content).catch((caught: unknown) => caught);
  if (!(error instanceof HarnessError)) throw new Error("no HarnessError was thrown");
  expect(error.code).toBe("ERR_KEYS_UNREADABLE");
  expect(error.message).toMatch(says);
  expect(error.hint).toMatch(hint);
  expect(error.message + error.hint).not.toContain(secret.slice(40, 80));
});

test.each([
  { name: "a private key", argument: secret },
  { name: "a certificate in base64", argument: base64 },
  { name: "a JWK Set", argument: JSON.stringify({ keys: [jwk] }) },
])("$name in place of a file is not shown", async ({ argument }) => {
  const error: unknown = await readKeys([argument], "").catch((caught: unknown) => caught);
  if (!(error instanceof HarnessError)) throw new Error("no HarnessError was thrown");
  expect(error.code).toBe("ERR_USAGE");
  expect(error.message + error.hint).not.toContain(argument.slice(30, 60));
});

test.each([
  { name: "valid", from: NOW - 10, until: NOW + 10, says: [] },
  {
    name: "over",
    from: NOW - 20,
    until: NOW - 10,
    says: [/^note: the certificate CN=a in --keys expired on 2026-11-20; its key is used/],
  },
  { name: "to come", from: NOW + 10, until: NOW + 20, says: [/valid from 2026-11-20 on/] },
])("a certificate whose time is $name", async ({ from, until, says }) => {
  const certificate = makeCertificate({
    subject: "a",
    publicKey,
    issuer: { name: "a", privateKey },
    validity: { from, until },
    extensions: [],
  });
  const notes = await keyNotes([{ certificates: [certificate] }], NOW);
  expect(notes).toHaveLength(says.length);
  for (const [index, say] of says.entries()) expect(notes[index]).toMatch(say);
});

test("a private JWK is used, and its owner is warned", async () => {
  expect(await keyNotes([{ jwks: { keys: [{ ...privateKey.export({ format: "jwk" }) }] } }], NOW)).toEqual([
    expect.stringMatching(/private key; its public part is used/),
  ]);
});
