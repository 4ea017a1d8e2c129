import { describe, expect, test } from "vitest";
import { readSamlResponse } from "../../../src/read/saml-response.ts";
import { encryptedAssertion } from "../../support/encrypted-saml.ts";
import { assertionIn, NOW, sampleAssertion, signatureIn, signSaml } from "../../support/signed-saml.ts";
import { findingsOf } from "../rules/saml/findings.ts";
import {
  around,
  key,
  ours,
  plain,
  policy,
  sealed,
  sealedThenSigned,
  signed,
  stranger,
  theirs,
} from "./sealed-responses.ts";

const XENC = "http://www.w3.org/2001/04/xmlenc#";
const XENC_11 = "http://www.w3.org/2009/xmlenc11#";

const ACCEPTED = { signature: "verified", answer: "accept with mfa" };
const WEAK = ["saml.encryption.weak"];
const FORBIDDEN = ["saml.encryption.forbidden"];
const UNREADABLE = ["saml.encryption.unreadable"];
const STRUCTURE = ["saml.message.structure"];

describe("encrypted and signed", () => {
  const keyMethod = `<xenc:EncryptionMethod Algorithm="${XENC}rsa-oaep-mgf1p"/>`;
  const sha256 = `<ds:DigestMethod xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Algorithm="${XENC}sha256"/>`;
  test.each([
    { name: "AES-128-GCM", xml: sealed({ content: "aes128-gcm" }), ids: [] },
    { name: "AES-192-GCM", xml: sealed({ content: "aes192-gcm" }), ids: [] },
    { name: "AES-256-GCM", xml: sealed(), ids: [] },
    { name: "RSA-OAEP with SHA-256", xml: sealed({ oaep: "sha256" }), ids: [] },
    { name: "RSA-OAEP with SHA-384", xml: sealed({ oaep: "sha384" }), ids: [] },
    { name: "RSA-OAEP with SHA-512", xml: sealed({ oaep: "sha512" }), ids: [] },
    { name: "RSA-OAEP with a label", xml: sealed({ label: "for you" }), ids: [] },
    {
      name: "the old identifier with a new digest, as it is specified: the mask stays with SHA-1",
      xml: sealed({
        oaep: "sha256",
        mask: "sha1",
        keyMethod: keyMethod.replace("/>", `>${sha256}</xenc:EncryptionMethod>`),
      }),
      ids: [],
    },
    { name: "no DigestMethod", xml: sealed({ keyMethod }), ids: [] },
    {
      name: "the old identifier with a new digest, as many emitters write it",
      xml: sealed({
        oaep: "sha256",
        keyMethod: keyMethod.replace("/>", `>${sha256}</xenc:EncryptionMethod>`),
      }),
      ids: [],
    },
    { name: "key beside the data", xml: sealed({ keyPlace: "beside" }), ids: [] },
    {
      name: "a key for another recipient first",
      xml: sealed({ keyPlace: "beside" }).replace(
        /<\/xenc:EncryptedData>/,
        `$&${/<xenc:EncryptedKey[\s\S]*<\/xenc:EncryptedKey>/.exec(encryptedAssertion("x", theirs))?.[0] ?? ""}`,
      ),
      ids: [],
    },
    {
      name: "XML declaration inside",
      xml: sealed({}, `<?xml version="1.0"?>\n${assertionIn(signed)}`),
      ids: [],
    },
    { name: "no Type", xml: sealed().replace(` Type="${XENC}Element"`, ""), ids: [] },
    { name: "response signed around GCM", xml: sealedThenSigned(), ids: [] },
    { name: "both signed", xml: sealedThenSigned({}, assertionIn(signed)), ids: [] },
    {
      name: "prefix declared around the ciphertext",
      xml: around(encryptedAssertion(assertionIn(signed).replace(/ xmlns:saml="[^"]*"/, ""), ours)),
      ids: [],
    },
    { name: "CBC around what is signed", xml: sealed({ content: "aes128-cbc" }), ids: WEAK },
    { name: "CBC-192 around what is signed", xml: sealed({ content: "aes192-cbc" }), ids: WEAK },
    { name: "CBC-256 around what is signed", xml: sealed({ content: "aes256-cbc" }), ids: WEAK },
    { name: "a byte order mark inside", xml: sealed({}, `\uFEFF${assertionIn(signed)}`), ids: [] },
    {
      name: "a key by RSA 1.5 for another recipient first",
      xml: sealed({ keyPlace: "beside" }).replace(
        /<\/xenc:EncryptedData>/,
        `$&${/<xenc:EncryptedKey[\s\S]*<\/xenc:EncryptedKey>/.exec(encryptedAssertion("x", theirs, { oaep: "none" }))?.[0] ?? ""}`,
      ),
      ids: [],
    },
    { name: "response signed around CBC", xml: sealedThenSigned({ content: "aes128-cbc" }), ids: WEAK },
    { name: "response signed around CBC-192", xml: sealedThenSigned({ content: "aes192-cbc" }), ids: WEAK },
    { name: "response signed around CBC-256", xml: sealedThenSigned({ content: "aes256-cbc" }), ids: WEAK },
  ])("$name → $ids", async ({ xml, ids }) => {
    expect(await findingsOf(xml, policy, NOW)).toEqual({ ids, ...ACCEPTED });
    const { artifact } = await readSamlResponse(xml, policy);
    expect(artifact?.assertion?.nameId?.value).toBe("alice");
  });
});

describe("encryption authenticates nothing", () => {
  const forged = sampleAssertion("_forged").replace(">alice<", ">mallory<");
  const dtd = `<!DOCTYPE saml:Assertion [<!ENTITY x "y">]>${assertionIn(signed)}`;
  test.each([
    { name: "inside not signed", xml: sealed({}, assertionIn(plain)), ids: ["saml.signature.missing"] },
    {
      name: "inside signed by a stranger",
      xml: sealed({}, assertionIn(signSaml(plain, "Assertion", stranger))),
      ids: ["saml.signature.invalid"],
    },
    {
      name: "inside changed after signing",
      xml: sealed({}, assertionIn(signed).replace(">alice<", ">mallory<")),
      ids: ["saml.signature.invalid"],
    },
    {
      name: "inside signed by a stranger, response signed",
      xml: sealedThenSigned({}, assertionIn(signSaml(plain, "Assertion", stranger))),
      ids: ["saml.signature.invalid"],
    },
    {
      name: "response signed by a stranger",
      xml: signSaml(sealed(), "Response", stranger),
      ids: ["saml.signature.invalid"],
    },
    {
      name: "ciphertext exchanged after the response was signed",
      xml: sealedThenSigned().replace(/<saml:EncryptedAssertion[\s\S]*<\/saml:EncryptedAssertion>/, () =>
        encryptedAssertion(forged, ours),
      ),
      ids: ["saml.signature.invalid"],
    },
    {
      name: "genuine inside a forged one",
      xml: sealed({}, forged.replace("</saml:Issuer>", `</saml:Issuer>${assertionIn(signed)}`)),
      ids: ["saml.signature.structure"],
    },
    {
      name: "signature moved to a forged one",
      xml: sealed({}, forged.replace("</saml:Issuer>", `</saml:Issuer>${signatureIn(signed)}`)),
      ids: ["saml.signature.structure"],
    },
    { name: "two assertions inside", xml: sealed({}, assertionIn(signed) + forged), ids: STRUCTURE },
    { name: "nothing inside", xml: sealed({}, ""), ids: STRUCTURE },
    { name: "text inside", xml: sealed({}, `x${assertionIn(signed)}`), ids: STRUCTURE },
    { name: "another element inside", xml: sealed({}, "<x/>"), ids: STRUCTURE },
    {
      name: "encrypted twice",
      xml: sealed({}, encryptedAssertion(assertionIn(signed), ours)),
      ids: STRUCTURE,
    },
    { name: "not XML inside", xml: sealed({}, "PHNhbWw"), ids: STRUCTURE },
    {
      name: "cut short inside",
      xml: sealed({}, assertionIn(signed).slice(0, -4)),
      ids: ["saml.xml.malformed"],
    },
    { name: "out of the wrapper", xml: sealed({}, "</around><around>"), ids: ["saml.xml.malformed"] },
    { name: "not UTF-8 inside", xml: sealed({}, Buffer.from([0xc0, 0x80])), ids: ["saml.xml.malformed"] },
    { name: "DTD inside", xml: sealed({}, dtd), ids: ["saml.xml.dtd"] },
    {
      name: "the ID of the response inside",
      xml: sealed({}, sampleAssertion("_response-1")),
      ids: STRUCTURE,
    },
    {
      name: "clear beside encrypted",
      xml: around(assertionIn(signed) + encryptedAssertion(assertionIn(signed), ours)),
      ids: STRUCTURE,
    },
    {
      name: "two encrypted",
      xml: around(encryptedAssertion(assertionIn(signed), ours).repeat(2)),
      ids: STRUCTURE,
    },
    {
      name: "two EncryptedData",
      xml: sealed().replace(/<xenc:EncryptedData[\s\S]*<\/xenc:EncryptedData>/, "$&$&"),
      ids: STRUCTURE,
    },
    { name: "no key", xml: sealed().replace(/<ds:KeyInfo[\s\S]*<\/ds:KeyInfo>/, ""), ids: STRUCTURE },
    {
      name: "key flood",
      xml: sealed({ keyPlace: "beside" }).replace(/<xenc:EncryptedKey[\s\S]*<\/xenc:EncryptedKey>/, (each) =>
        each.repeat(9),
      ),
      ids: STRUCTURE,
    },
    {
      name: "content, not element",
      xml: sealed().replace(`${XENC}Element`, `${XENC}Content`),
      ids: STRUCTURE,
    },
    {
      name: "ciphertext not base64",
      xml: sealed().replace(/<xenc:CipherValue>/g, "<xenc:CipherValue>*"),
      ids: STRUCTURE,
    },
    {
      name: "two values in one CipherData",
      xml: sealed().replace(
        /(<xenc:CipherValue>[^<]*<\/xenc:CipherValue>)(<\/xenc:CipherData><\/xenc:EncryptedData>)/,
        "$1$1$2",
      ),
      ids: STRUCTURE,
    },
    {
      name: "something else in CipherData",
      xml: sealed().replace(
        /xenc:CipherValue>([^<]*)<\/xenc:CipherValue>(<\/xenc:CipherData><\/xenc:EncryptedData>)/,
        "xenc:Value>$1</xenc:Value>$2",
      ),
      ids: STRUCTURE,
    },
    { name: "RSA 1.5", xml: sealed({ oaep: "none" }), ids: FORBIDDEN },
    {
      name: "CBC around what is not signed",
      xml: sealed({ content: "aes256-cbc" }, assertionIn(plain)),
      ids: ["saml.signature.missing"],
    },
    {
      name: "CBC around what a stranger signed",
      xml: sealed({ content: "aes128-cbc" }, assertionIn(signSaml(plain, "Assertion", stranger))),
      ids: ["saml.signature.invalid"],
    },
    {
      name: "one bit of CBC changed",
      xml: sealed({ content: "aes128-cbc" }).replace(
        /(<xenc:CipherValue>)(.)(?=[^<]*<\/xenc:CipherValue><\/xenc:CipherData><\/xenc:EncryptedData>)/,
        (_all, tag: string, first: string) => `${tag}${first === "A" ? "B" : "A"}`,
      ),
      ids: ["saml.xml.malformed"],
    },
    {
      name: "two byte order marks inside",
      xml: sealed({}, `\uFEFF\uFEFF${assertionIn(signed)}`),
      ids: ["saml.xml.malformed"],
    },
    {
      name: "a byte order mark behind the declaration inside",
      xml: sealed({}, `<?xml version="1.0"?>\uFEFF${assertionIn(signed)}`),
      ids: STRUCTURE,
    },
    {
      name: "triple DES",
      xml: signSaml(sealed().replace(`${XENC_11}aes256-gcm`, `${XENC}tripledes-cbc`), "Response", key),
      ids: FORBIDDEN,
    },
    {
      name: "prototype member as algorithm",
      xml: sealed().replace(`${XENC_11}aes256-gcm`, "__proto__"),
      ids: FORBIDDEN,
    },
    {
      name: "CipherReference",
      xml: sealed().replace(
        /<xenc:CipherValue>[^<]*<\/xenc:CipherValue><\/xenc:CipherData><\/xenc:EncryptedData>/,
        '<xenc:CipherReference URI="https://evil.example"/></xenc:CipherData></xenc:EncryptedData>',
      ),
      ids: FORBIDDEN,
    },
    {
      name: "MD5 in RSA-OAEP",
      xml: sealed().replace(
        "http://www.w3.org/2000/09/xmldsig#sha1",
        "http://www.w3.org/2001/04/xmldsig-more#md5",
      ),
      ids: FORBIDDEN,
    },
    {
      name: "for somebody else",
      xml: around(encryptedAssertion(assertionIn(signed), theirs)),
      ids: UNREADABLE,
    },
    {
      name: "one bit of the ciphertext changed",
      xml: sealed().replace(
        /(<xenc:CipherValue>)(.)(?=[^<]*<\/xenc:CipherValue><\/xenc:CipherData><\/xenc:EncryptedData>)/,
        (_all, tag: string, first: string) => `${tag}${first === "A" ? "B" : "A"}`,
      ),
      ids: UNREADABLE,
    },
    { name: "another length of key", xml: sealed().replace("aes256-gcm", "aes128-gcm"), ids: UNREADABLE },
    {
      name: "ciphertext too short",
      xml: sealed().replace(
        /<xenc:CipherValue>[^<]*(<\/xenc:CipherValue><\/xenc:CipherData><\/xenc:EncryptedData>)/,
        "<xenc:CipherValue>AAAA$1",
      ),
      ids: UNREADABLE,
    },
  ])("$name → $ids", async ({ xml, ids }) => {
    expect(await findingsOf(xml, policy, NOW)).toEqual({ ids, signature: "failed", answer: "reject" });
  });
});
