import { DOMParser } from "@xmldom/xmldom";
import { beforeAll, describe, expect, test } from "vitest";
import { SignedXml } from "xml-crypto";
import { type Emitter, makeEmitter, signedBy } from "../saml/emissions.ts";

const SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";
const MORE = "http://www.w3.org/2001/04/xmldsig-more#";
const ONE = signedBy("of", ["assertion"]);

let emitter: Emitter;
let strangerCertificate: string;

beforeAll(async () => {
  emitter = await makeEmitter();
  const { ownCertificate } = await emitter.signer("stranger");
  strangerCertificate = `-----BEGIN CERTIFICATE-----\n${ownCertificate}\n-----END CERTIFICATE-----`;
});

/** Whether the first signature holds, as xml-crypto sees it. */
function holds(xml: string, publicCert: string, hmac: "hmac" | "rsa" = "rsa"): boolean {
  const document = new DOMParser().parseFromString(xml, "text/xml");
  const signature = document.getElementsByTagNameNS(SIGNATURE, "Signature").item(0);
  const verifier = new SignedXml({ publicCert });
  if (hmac === "hmac") verifier.enableHMAC();
  if (signature === null) return false;
  try {
    verifier.loadSignature(signature);
    return verifier.checkSignature(xml);
  } catch {
    return false;
  }
}

describe("what the form says of the signature, it is, and it holds", () => {
  test.each([
    { member: "algorithm", value: `${MORE}rsa-sha512` },
    { member: "algorithm", value: "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1" },
    { member: "algorithm", value: `${SIGNATURE}rsa-sha1` },
    { member: "digest", value: "http://www.w3.org/2001/04/xmlenc#sha512" },
    { member: "digest", value: `${SIGNATURE}sha1` },
  ])("$member $value", async ({ member, value }) => {
    const xml = await emitter.emit({ patch: [ONE, signedBy(member, value)] });
    expect(xml).toContain(`Method Algorithm="${value}"/>`);
    expect(holds(xml, emitter.certificate)).toBe(true);
  });

  test("an edit of SignedInfo is signed", async () => {
    const edits = [{ find: "<ds:DigestMethod", replace: "\n <ds:DigestMethod" }];
    const xml = await emitter.emit({ patch: [ONE, signedBy("edits", edits)] });
    expect(xml).toContain("\n <ds:DigestMethod");
    expect(holds(xml, emitter.certificate)).toBe(true);
  });

  test("an HMAC is keyed with the public key that everybody knows", async () => {
    const xml = await emitter.emit({ patch: [ONE, signedBy("algorithm", `${SIGNATURE}hmac-sha1`)] });
    expect(holds(xml, (await emitter.signer("published")).knownKey, "hmac")).toBe(true);
    expect(holds(xml, "another key", "hmac")).toBe(false);
  });

  test("HMACOutputLength leaves that many bits", async () => {
    const replace = "<ds:SignatureMethod><ds:HMACOutputLength>8</ds:HMACOutputLength></ds:SignatureMethod>";
    const edits = [{ find: `<ds:SignatureMethod Algorithm="${MORE}hmac-sha256"/>`, replace }];
    const algorithm = signedBy("algorithm", `${MORE}hmac-sha256`);
    const xml = await emitter.emit({ patch: [ONE, algorithm, signedBy("edits", edits)] });
    expect(/<ds:SignatureValue>([^<]*)</.exec(xml)?.[1]).toMatch(/^[\w+/]{2}==$/);
  });

  test("an edit that changes nothing is an error of ours", async () => {
    const edits = [{ find: "nowhere", replace: "x" }];
    await expect(emitter.emit({ patch: [signedBy("edits", edits)] })).rejects.toMatchObject({
      code: "ERR_SCENARIO_INVALID",
    });
  });
});

describe("what is shown of keys", () => {
  test.each([
    { keyInfo: "published", shown: /<ds:KeyInfo><ds:X509Data><ds:X509Certificate>/, certificates: 1 },
    { keyInfo: "signing", shown: /<ds:X509Certificate>/, certificates: 1 },
    { keyInfo: "several", shown: /<ds:X509Certificate>/, certificates: 2 },
    { keyInfo: "key-value", shown: /<ds:RSAKeyValue><ds:Modulus>[\w+/=]{300,}</, certificates: 0 },
    { keyInfo: "key-name", shown: /<ds:KeyName>/, certificates: 0 },
    { keyInfo: "retrieval", shown: /<ds:RetrievalMethod URI="http:\/\/127\.0\.0\.1:9\//, certificates: 0 },
    { keyInfo: "none", shown: /<\/ds:SignatureValue><\/ds:Signature>/, certificates: 0 },
  ])("$keyInfo; whoever trusts the stranger's key takes it", async ({ keyInfo, shown, certificates }) => {
    const xml = await emitter.emit({ patch: [ONE, signedBy("keyInfo", keyInfo)], key: "stranger" });
    expect(xml).toMatch(shown);
    expect(xml.match(/<ds:X509Certificate>/g) ?? []).toHaveLength(certificates);
    expect(holds(xml, strangerCertificate)).toBe(true);
    expect(holds(xml, emitter.certificate)).toBe(false);
  });

  test.each([
    { keyInfo: "published", own: false },
    { keyInfo: "signing", own: true },
  ])("$keyInfo shows the stranger's certificate: $own", async ({ keyInfo, own }) => {
    const xml = await emitter.emit({ patch: [ONE, signedBy("keyInfo", keyInfo)], key: "stranger" });
    expect(xml.includes((await emitter.signer("stranger")).ownCertificate)).toBe(own);
  });
});

describe("which parts are signed", () => {
  test.each([
    { of: [], signatures: 0 },
    { of: ["assertion"], signatures: 1 },
    { of: ["response"], signatures: 1 },
    { of: ["assertion", "response"], signatures: 2 },
  ])("$of", async ({ of, signatures }) => {
    const xml = await emitter.emit({ patch: [signedBy("of", of)] });
    expect(xml.match(/<ds:Signature /g) ?? []).toHaveLength(signatures);
    expect(xml.includes('</saml:Issuer><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#">')).toBe(
      signatures > 0,
    );
  });
});

describe("what an attacker without the key does", () => {
  const raised = { op: "replace-text", find: "PasswordProtectedTransport", replace: "Smartcard" };

  test("the digest that is written is that of what stands there", async () => {
    const unchanged = emitter.emit({ patch: [ONE], tamper: [{ op: "forge-digest", place: "instead" }] });
    await expect(unchanged).rejects.toThrow("changes nothing");
  });

  test.each([
    { place: "instead", digests: 1, infos: 1 },
    { place: "comment-before", digests: 1, infos: 1 },
    { place: "comment-after", digests: 1, infos: 1 },
    { place: "second-value", digests: 2, infos: 1 },
    { place: "element-inside", digests: 2, infos: 1 },
    { place: "signed-info-before", digests: 2, infos: 2 },
    { place: "signed-info-after", digests: 2, infos: 2 },
    { place: "object-after", digests: 2, infos: 2 },
  ])("a digest $place", async ({ place, digests, infos }) => {
    const xml = await emitter.emit({ patch: [ONE], tamper: [raised, { op: "forge-digest", place }] });
    expect(xml.match(/<ds:DigestValue>/g)).toHaveLength(digests);
    expect(xml.match(/<ds:SignedInfo>/g)).toHaveLength(infos);
    expect(xml.match(/[\w+/]{43}=/g)?.length).toBeGreaterThanOrEqual(place === "instead" ? 1 : 2);
    expect(holds(xml, emitter.certificate)).toBe(false);
  });

  test("metadata that the IdP signed stands first, and its signature holds", async () => {
    const xml = await emitter.emit({
      tamper: [{ op: "strip-signature" }, { op: "insert-signed-metadata" }],
    });
    expect(xml).toMatch(/^<samlp:Response [^>]*><md:EntityDescriptor /);
    expect(holds(xml, emitter.certificate)).toBe(true);
  });

  test("only the first signature is taken out", async () => {
    const xml = await emitter.emit({ tamper: [{ op: "strip-first-signature" }] });
    expect(xml.match(/<ds:Signature /g)).toHaveLength(1);
    expect(holds(xml, emitter.certificate)).toBe(true);
    expect(xml).toMatch(/^<samlp:Response [^>]*><saml:Issuer>[^<]*<\/saml:Issuer><samlp:Status>/);
  });

  test("a text is written as often as is said, besides once", async () => {
    const tamper = { op: "repeat-text", find: "</saml:Audience>", times: 3 };
    expect((await emitter.emit({ tamper: [tamper] })).match(/<\/saml:Audience>/g)).toHaveLength(4);
  });
});
