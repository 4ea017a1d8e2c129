import { ParseOption, XmlDocument } from "libxml2-wasm";
import { IdentityProvider, ServiceProvider, setSchemaValidator } from "samlify";
import { describe, expect, test } from "vitest";
import { chooseEncryption } from "../../../../harness/emission/xml/encryption.ts";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { fetchMetadata, nodeSaml } from "./consumers.ts";
import { partnerKey, partnerMetadata } from "./partner.ts";
import { SAMPLE_SP } from "./requests.ts";
import { type FoundPage, openPage, responseXml, signIn } from "./sign-in.ts";

const key = partnerKey();
const XMLENC = "http://www.w3.org/2001/04/xmlenc#";
const GCM = "http://www.w3.org/2009/xmlenc11#";

setSchemaValidator({
  validate: async (xml) => {
    XmlDocument.fromString(xml, { option: ParseOption.XML_PARSE_NO_XXE }).dispose();
    return await Promise.resolve("well-formed");
  },
});

async function start(methods: readonly string[] = []): Promise<MockIdp> {
  return await startIdp({ serviceProviderMetadata: [partnerMetadata({ encryption: key, methods })] });
}

async function answerTo(idp: MockIdp, url: string): Promise<FoundPage> {
  return await signIn(await openPage(url), idp.origin);
}

describe.each([
  { methods: [], data: `${GCM}aes256-gcm`, transport: `${XMLENC}rsa-oaep-mgf1p` },
  { methods: [`${XMLENC}aes128-cbc`], data: `${XMLENC}aes128-cbc`, transport: `${XMLENC}rsa-oaep-mgf1p` },
  {
    methods: [`${XMLENC}rsa-1_5`, `${GCM}aes192-gcm`, `${GCM}aes128-gcm`, `${XMLENC}aes256-cbc`],
    data: `${GCM}aes128-gcm`,
    transport: `${XMLENC}rsa-1_5`,
  },
])("metadata with the methods $methods", ({ methods, data, transport }) => {
  test("gets an assertion that only node-saml with the key can read, both signatures good", async () => {
    await using idp = await start(methods);
    const serviceProvider = nodeSaml(idp, { decryptionPvk: key.privatePem });
    const answer = await answerTo(idp, await serviceProvider.getAuthorizeUrlAsync("", undefined, {}));
    const xml = responseXml(answer);
    expect(xml).not.toContain("<saml:Assertion");
    expect(xml).not.toContain("agent@partner.example");
    const algorithms = [...xml.matchAll(/EncryptionMethod Algorithm="([^"]+)"/g)].map(([, value]) => value);
    expect(algorithms).toEqual([data, transport]);
    const { profile } = await serviceProvider.validatePostResponseAsync({ ...answer.form?.fields });
    expect(profile).toMatchObject({ nameID: "agent@partner.example", issuer: idp.trust.samlEntityId });
    await expect(nodeSaml(idp).validatePostResponseAsync({ ...answer.form?.fields })).rejects.toThrow();
  });
});

test("samlify decrypts it, and finds the assertion signed", async () => {
  await using idp = await start([`${XMLENC}aes256-cbc`]);
  const metadata = await fetchMetadata(idp);
  const identityProvider = IdentityProvider({
    metadata,
    isAssertionEncrypted: true,
    messageSigningOrder: "sign-then-encrypt",
  });
  const serviceProvider = ServiceProvider({
    entityID: SAMPLE_SP.entityId,
    encPrivateKey: key.privatePem,
    wantAssertionsSigned: true,
    assertionConsumerService: [
      { Binding: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST", Location: SAMPLE_SP.acs },
    ],
  });
  const { context } = serviceProvider.createLoginRequest(identityProvider, "redirect");
  const answer = await answerTo(idp, context);
  const { extract } = await serviceProvider.parseLoginResponse(identityProvider, "post", {
    body: { ...answer.form?.fields },
  });
  expect(extract).toMatchObject({ nameID: "agent@partner.example", audience: SAMPLE_SP.entityId });
});

test("a key for signing, or for both, encrypts nothing", async () => {
  const both = partnerMetadata({ signing: key }).replace(` use="signing"`, "");
  await using idp = await startIdp({ serviceProviderMetadata: [both] });
  const answer = await answerTo(idp, await nodeSaml(idp).getAuthorizeUrlAsync("", undefined, {}));
  expect(responseXml(answer)).toContain("<saml:Assertion");
});

test.each([
  { methods: [`${XMLENC}tripledes-cbc`], chosen: undefined },
  { methods: [`${GCM}rsa-oaep`], chosen: undefined },
  {
    methods: [`${GCM}rsa-oaep`, `${XMLENC}rsa-1_5`],
    chosen: { data: `${GCM}aes256-gcm`, key: `${XMLENC}rsa-1_5` },
  },
])("$methods", ({ methods, chosen }) => {
  expect(chooseEncryption(methods)).toEqual(chosen);
});

test.each([
  ["no method that is there", [`${XMLENC}tripledes-cbc`], key.certificatePem],
  ["a certificate that is none", [], "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"],
])("metadata with %s is no good", async (_what, methods, certificatePem) => {
  const metadata = partnerMetadata({ encryption: { ...key, certificatePem }, methods });
  await expect(startIdp({ serviceProviderMetadata: [metadata] })).rejects.toMatchObject({
    code: "ERR_CONFIG_INVALID",
  });
});
