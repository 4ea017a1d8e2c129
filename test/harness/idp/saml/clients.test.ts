import { generateKeyPairSync, X509Certificate } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SamlConfig } from "@node-saml/node-saml";
import { ParseOption, XmlDocument } from "libxml2-wasm";
import { parse } from "node-html-parser";
import { IdentityProvider, ServiceProvider, setSchemaValidator } from "samlify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { fetchMetadata, isSigned, nodeSaml } from "./consumers.ts";
import { authnRequest, encoded, REQUEST_SAMPLES, SAMPLE_SP } from "./requests.ts";
import { openPage, postForm, redirectTo, responseXml, signIn } from "./sign-in.ts";

const MULTIPLE = "http://schemas.microsoft.com/claims/multipleauthn";
const METHODS = "http://schemas.microsoft.com/claims/authnmethodsreferences";

let idp: MockIdp;

beforeAll(async () => {
  idp = await startIdp();
  setSchemaValidator({
    validate: async (xml) => {
      XmlDocument.fromString(xml, { option: ParseOption.XML_PARSE_NO_XXE }).dispose();
      return await Promise.resolve("well-formed");
    },
  });
});

afterAll(async () => await idp.stop());

describe("metadata", () => {
  test("as samlify reads it", async () => {
    const { entityMeta } = IdentityProvider({ metadata: await fetchMetadata(idp) });
    expect(entityMeta.getEntityID()).toBe(idp.trust.samlEntityId);
    expect(entityMeta.getSingleSignOnService("redirect")).toBe(`${idp.origin}/saml/sso`);
    expect(entityMeta.getSingleSignOnService("post")).toBe(`${idp.origin}/saml/sso`);
    expect(entityMeta.isWantAuthnRequestsSigned()).toBe(false);
    const { raw } = new X509Certificate(idp.trust.samlCertificate);
    expect(entityMeta.getX509Certificate("signing")).toBe(raw.toString("base64"));
  });

  test("is served as SAML metadata, of the key that the JWK Set publishes", async () => {
    const { headers } = await fetch(idp.trust.samlEntityId, { method: "HEAD" });
    expect(headers.get("content-type")).toMatch(/^application\/samlmetadata\+xml/);
    const { publicKey } = new X509Certificate(idp.trust.samlCertificate);
    expect(idp.trust.jwks.keys).toContainEqual(expect.objectContaining(publicKey.export({ format: "jwk" })));
  });
});

describe("service providers that we did not write take the control", () => {
  const signing = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const privateKey = signing.privateKey.export({ type: "pkcs8", format: "pem" });

  test.each<[string, Partial<SamlConfig>]>([
    ["with its defaults", {}],
    ["signing its request with RSA-SHA1", { privateKey, signatureAlgorithm: "sha1" }],
    ["asking for multipleauthn with ForceAuthn", { authnContext: [MULTIPLE], forceAuthn: true }],
  ])("node-saml %s, by redirect", async (_how, changes) => {
    const serviceProvider = nodeSaml(idp, changes);
    const url = await serviceProvider.getAuthorizeUrlAsync("rs", undefined, {});
    const answer = await signIn(await openPage(url), url);
    expect(answer.form).toMatchObject({ kind: "post", action: SAMPLE_SP.acs, fields: { RelayState: "rs" } });
    const { profile } = await serviceProvider.validatePostResponseAsync({ ...answer.form?.fields });
    expect(profile).toMatchObject({
      issuer: idp.trust.samlEntityId,
      nameID: "agent@partner.example",
      IDPEmail: "agent@partner.example",
    });
    expect(profile?.[METHODS]).toContain(MULTIPLE);
  });

  test.each([
    { skipRequestCompression: false },
    { skipRequestCompression: true, authnRequestBinding: "HTTP-POST", privateKey },
  ])("node-saml by POST, signed or not: %o", async (changes) => {
    const serviceProvider = nodeSaml(idp, changes);
    const form = parse(await serviceProvider.getAuthorizeFormAsync("rs"));
    const value = (name: string): string =>
      form.querySelector(`input[name=${name}]`)?.getAttribute("value") ?? "";
    const page = await postForm(`${idp.origin}/saml/sso`, {
      SAMLRequest: value("SAMLRequest"),
      RelayState: value("RelayState"),
    });
    const answer = await signIn(page, idp.origin);
    await expect(
      serviceProvider.validatePostResponseAsync({ ...answer.form?.fields }),
    ).resolves.toMatchObject({
      profile: { nameID: "agent@partner.example" },
    });
  });

  test.each(["redirect", "post"])("samlify by %s", async (binding) => {
    const serviceProvider = ServiceProvider({
      entityID: SAMPLE_SP.entityId,
      wantAssertionsSigned: true,
      wantMessageSigned: true,
      assertionConsumerService: [
        { Binding: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST", Location: SAMPLE_SP.acs },
      ],
    });
    const identityProvider = IdentityProvider({ metadata: await fetchMetadata(idp) });
    const { context, id } = serviceProvider.createLoginRequest(identityProvider, binding);
    const page =
      binding === "redirect"
        ? await openPage(context)
        : await postForm(`${idp.origin}/saml/sso`, { SAMLRequest: context });
    const answer = await signIn(page, idp.origin);
    const { extract } = await serviceProvider.parseLoginResponse(identityProvider, "post", {
      body: { ...answer.form?.fields },
    });
    expect(extract).toMatchObject({
      issuer: idp.trust.samlEntityId,
      audience: SAMPLE_SP.entityId,
      nameID: "agent@partner.example",
      response: { inResponseTo: id, destination: SAMPLE_SP.acs },
    });
    expect(extract.attributes?.[METHODS]).toContain(MULTIPLE);
  });
});

describe("every shape of request is answered", () => {
  test.each(REQUEST_SAMPLES)("$shape", async ({ xml }) => {
    for (const page of [
      await redirectTo(idp, xml),
      await postForm(`${idp.origin}/saml/sso`, { SAMLRequest: encoded(xml) }),
    ]) {
      expect(page).toMatchObject({ status: 200, form: { kind: "sign-in" } });
      const answer = await signIn(page, idp.origin);
      expect(answer.form?.action).toBe(SAMPLE_SP.acs);
      expect(responseXml(answer)).toContain(`InResponseTo="_sample"`);
      expect(await isSigned(idp, responseXml(answer))).toBe(true);
    }
  });

  const folder = process.env["MFA_HARNESS_CAPTURES"];
  const urls =
    folder === undefined
      ? []
      : readdirSync(join(folder, "requests")).filter((name) => name.endsWith(".redirect-url.txt"));

  test.skipIf(folder === undefined)("captured ones too (needs MFA_HARNESS_CAPTURES)", async () => {
    expect(urls.length).toBeGreaterThan(0);
    for (const name of urls) {
      const captured = new URL(readFileSync(join(folder ?? "", "requests", name), "utf8").trim());
      const page = await openPage(`${idp.origin}/saml/sso${captured.search}`);
      const answer = await signIn(page, idp.origin);
      expect(answer.form?.action).toMatch(/^http:\/\/127\.0\.0\.1:18601\//);
      expect(answer.form?.fields["RelayState"]).toBe(captured.searchParams.get("RelayState") ?? undefined);
      expect(await isSigned(idp, responseXml(answer))).toBe(true);
    }
  });

  test("the sign-in page shows what was asked, and markup stays text", async () => {
    const issuer = "<saml:Issuer>http://sp.example/?a=1&amp;b=&lt;script&gt;</saml:Issuer>";
    const page = await redirectTo(
      idp,
      authnRequest(undefined, `<samlp:NameIDPolicy Format="urn:&quot;f"/>`, issuer),
    );
    expect(
      parse(page.html)
        .querySelectorAll("dd")
        .map(({ text }) => text),
    ).toEqual(expect.arrayContaining(["http://sp.example/?a=1&b=<script>", 'urn:"f']));
    expect(page.html).not.toContain("<script>");
  });
});
