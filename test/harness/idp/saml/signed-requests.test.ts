import { sign } from "node:crypto";
import { SignedXml } from "xml-crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { nodeSaml } from "./consumers.ts";
import { type PartnerKey, partnerKey, partnerMetadata } from "./partner.ts";
import { authnRequest, deflated, encoded, SAMPLE_SP } from "./requests.ts";
import { openPage, postForm, signIn, submit } from "./sign-in.ts";

const own = partnerKey();
const stranger = partnerKey();
const RSA = "http://www.w3.org/2001/04/xmldsig-more#rsa-";
const SHA1 = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";

let may: MockIdp;
let must: MockIdp;

beforeAll(async () => {
  const signing = { signing: own };
  may = await startIdp({ serviceProviderMetadata: [partnerMetadata(signing)] });
  must = await startIdp({ serviceProviderMetadata: [partnerMetadata({ ...signing, signsRequests: true })] });
});

afterAll(async () => {
  await may.stop();
  await must.stop();
});

interface SignedQuery {
  readonly xml?: string;
  readonly relayState?: string;
  readonly key?: PartnerKey;
  readonly algorithm?: string;
  readonly digest?: string;
  /** How values are written; a signature is over what was sent. */
  readonly encode?: (value: string) => string;
}

function signedQuery(how: SignedQuery): string {
  const { xml = authnRequest(), key = own, algorithm = `${RSA}sha256`, digest = "sha256" } = how;
  const { encode = encodeURIComponent, relayState } = how;
  const query = [
    `SAMLRequest=${encode(deflated(xml))}`,
    ...(relayState === undefined ? [] : [`RelayState=${encode(relayState)}`]),
    `SigAlg=${encode(algorithm)}`,
  ].join("&");
  const signature = sign(digest, Buffer.from(query), key.privateKey).toString("base64");
  return `${query}&Signature=${encode(signature)}`;
}

function lowerCase(value: string): string {
  return encodeURIComponent(value).replaceAll(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase());
}

function signedXml(xml: string, key = own, element = "/*"): string {
  const signature = new SignedXml({
    privateKey: key.privatePem,
    idAttribute: "ID",
    signatureAlgorithm: `${RSA}sha256`,
    canonicalizationAlgorithm: "http://www.w3.org/2001/10/xml-exc-c14n#",
  });
  signature.addReference({
    xpath: element,
    transforms: [
      "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
      "http://www.w3.org/2001/10/xml-exc-c14n#",
    ],
    digestAlgorithm: "http://www.w3.org/2001/04/xmlenc#sha256",
  });
  signature.computeSignature(xml, { location: { reference: element, action: "append" } });
  return signature.getSignedXml();
}

describe("a signature of the sender's key is taken, by the page and by its answer", () => {
  test.each<[string, SignedQuery]>([
    ["RSA-SHA1, as pysaml2", { algorithm: SHA1, digest: "sha1" }],
    ["RSA-SHA256", {}],
    ["RSA-SHA384", { algorithm: `${RSA}sha384`, digest: "sha384" }],
    ["RSA-SHA512", { algorithm: `${RSA}sha512`, digest: "sha512" }],
    ["with RelayState", { relayState: "a b&c=d/é" }],
    ["with an empty RelayState", { relayState: "" }],
    ["with escapes in lower case", { relayState: "a b/", encode: lowerCase }],
  ])("redirect: %s", async (_what, how) => {
    const page = await openPage(`${must.origin}/saml/sso?${signedQuery(how)}`);
    expect(page.form?.kind).toBe("sign-in");
    const answer = await signIn(page, must.origin);
    expect(answer.form).toMatchObject({ kind: "post", action: SAMPLE_SP.acs });
    expect(answer.form?.fields["RelayState"]).toBe(how.relayState);
  });

  test("POST", async () => {
    const fields = { SAMLRequest: encoded(signedXml(authnRequest())), RelayState: "rs" };
    const answer = await signIn(await postForm(`${must.origin}/saml/sso`, fields), must.origin);
    expect(answer.form).toMatchObject({ kind: "post", action: SAMPLE_SP.acs, fields: { RelayState: "rs" } });
  });

  test("node-saml", async () => {
    const serviceProvider = nodeSaml(must, { privateKey: own.privatePem, signatureAlgorithm: "sha512" });
    const page = await openPage(await serviceProvider.getAuthorizeUrlAsync("rs", undefined, {}));
    const answer = await signIn(page, must.origin);
    await expect(
      serviceProvider.validatePostResponseAsync({ ...answer.form?.fields }),
    ).resolves.toHaveProperty("profile.nameID");
  });
});

describe("any other signature is refused, even where none is needed", () => {
  const good = signedQuery({ relayState: "rs" });
  const elsewhere = encodeURIComponent(deflated(authnRequest(`ForceAuthn="true"`)));

  test.each([
    ["a stranger's key", signedQuery({ key: stranger })],
    ["another digest than it says", signedQuery({ algorithm: `${RSA}sha512` })],
    ["an HMAC", signedQuery({ algorithm: "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256" })],
    ["no algorithm", good.replace(/&SigAlg=[^&]+/, "")],
    ["an empty signature", good.replace(/Signature=.*/, "Signature=")],
    ["no base64", good.replace(/Signature=.*/, "Signature=%00")],
    ["another RelayState", good.replace("RelayState=rs", "RelayState=rt")],
    ["no RelayState", good.replace("&RelayState=rs", "")],
    ["another request", good.replace(/SAMLRequest=[^&]+/, `SAMLRequest=${elsewhere}`)],
    ["a second request", `SAMLRequest=${elsewhere}&${good}`],
    ["a second request, escaped", `${good}&%53AMLRequest=${elsewhere}`],
  ])("redirect: %s", async (_what, query) => {
    expect(await openPage(`${may.origin}/saml/sso?${query}`)).toMatchObject({ status: 400, form: undefined });
  });

  const signed = signedXml(authnRequest());
  const forged = authnRequest().replace("_sample", "_forged");
  const inside = signed.replace("</samlp:AuthnRequest>", "");

  test.each([
    ["a stranger's key", signedXml(authnRequest(), stranger)],
    ["changed afterwards", signed.replace("_sample", "_simple")],
    ["an ACS put in afterwards", signed.replace(` ID="`, ` ForceAuthn="true" ID="`)],
    ["no signature value", signed.replace(/<SignatureValue>[^<]+/, "<SignatureValue>")],
    [
      "the signature moved to another request",
      forged.replace("</samlp:A", `${/<Signature.*<\/Signature>/s.exec(signed)?.[0]}</samlp:A`),
    ],
    ["cut off", inside],
  ])("POST: %s", async (_what, xml) => {
    const page = await postForm(`${may.origin}/saml/sso`, { SAMLRequest: encoded(xml) });
    expect(page).toMatchObject({ status: 400, form: undefined });
  });

  test("a request wrapped around the signed one: the signed one is read", async () => {
    const [signature = ""] = /<Signature.*<\/Signature>/s.exec(signed) ?? [];
    const original = signed.replace(signature, "");
    const evil = authnRequest(`ForceAuthn="true"`).replace("_sample", "_evil");
    const wrapped = evil.replace(
      "</samlp:A",
      `${signature}<samlp:Extensions>${original}</samlp:Extensions></samlp:A`,
    );
    const page = await postForm(`${may.origin}/saml/sso`, { SAMLRequest: encoded(wrapped) });
    const answer = page.form === undefined ? undefined : await signIn(page, may.origin);
    const xml = Buffer.from(answer?.form?.fields["SAMLResponse"] ?? "", "base64").toString();
    expect(page.html).not.toContain("ForceAuthn");
    expect(xml).toContain(`InResponseTo="_sample"`);
  });
});

describe("without a signature", () => {
  const query = `SAMLRequest=${encodeURIComponent(deflated(authnRequest()))}`;

  test.each([
    ["redirect", () => openPage(`${must.origin}/saml/sso?${query}`)],
    ["POST", () => postForm(`${must.origin}/saml/sso`, { SAMLRequest: encoded(authnRequest()) })],
    [
      "redirect, signed as if it were posted",
      () =>
        openPage(
          `${must.origin}/saml/sso?SAMLRequest=${encodeURIComponent(deflated(signedXml(authnRequest())))}`,
        ),
    ],
  ])("%s is refused if the metadata says that requests are signed", async (_what, send) => {
    const page = await send();
    expect(page).toMatchObject({ status: 400, form: undefined });
    expect(page.html).toContain("is not signed");
  });

  test("nor is a form taken that dropped it between the pages", async () => {
    const page = await openPage(`${must.origin}/saml/sso?${signedQuery({})}`);
    const form = page.form ?? { kind: undefined, action: "", fields: {} };
    const bare = {
      ...page,
      form: { ...form, fields: { binding: "redirect", SAMLRequest: deflated(authnRequest()) } },
    };
    const answer = await submit(bare, must.origin, {
      user: "u",
      emission: "saml-password-only",
      action: "sign-in",
    });
    expect(answer).toMatchObject({ status: 400, form: undefined });
  });

  test("it is answered if the metadata does not", async () => {
    expect(await openPage(`${may.origin}/saml/sso?${query}`)).toMatchObject({ form: { kind: "sign-in" } });
  });

  test("and whoever is not registered may sign with any key", async () => {
    await using open = await startIdp();
    const page = await openPage(
      `${open.origin}/saml/sso?${signedQuery({ key: stranger, relayState: "rs" })}`,
    );
    expect((await signIn(page, open.origin)).form?.fields["RelayState"]).toBe("rs");
  });
});

test("metadata that says so without a key to check it with is no good", async () => {
  const metadata = partnerMetadata({ signsRequests: true, encryption: own });
  await expect(startIdp({ serviceProviderMetadata: [metadata] })).rejects.toMatchObject({
    code: "ERR_CONFIG_INVALID",
  });
});
