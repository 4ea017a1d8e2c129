import { describe, expect, test } from "vitest";
import { readSamlResponse } from "../../../src/read/saml-response.ts";
import { assertionIn, NOW, samplePolicy, signSaml } from "../../support/signed-saml.ts";
import { findingsOf } from "../rules/saml/findings.ts";
import {
  key,
  ours,
  PEM,
  plain,
  policy,
  sealed,
  sealedThenSigned,
  stranger,
  theirs,
} from "./sealed-responses.ts";

const ACCEPTED = { signature: "verified", answer: "accept with mfa" };
const FORBIDDEN = ["saml.encryption.forbidden"];
const UNREADABLE = ["saml.encryption.unreadable"];

describe("keys for decryption", () => {
  test.each([
    { name: "JWK", keys: [ours.privateKey.export({ format: "jwk" })] },
    { name: "second of two", keys: [theirs.privateKey.export({ format: "jwk" }), PEM] },
    {
      name: "JWK marked for encryption",
      keys: [{ ...ours.privateKey.export({ format: "jwk" }), use: "enc" }],
    },
  ])("key as $name", async ({ keys }) => {
    const decryptionKeys = keys.map((each) => (typeof each === "string" ? each : { ...each }));
    expect(await findingsOf(sealed(), { ...policy, decryptionKeys }, NOW)).toEqual({ ids: [], ...ACCEPTED });
  });

  test("a key for signing decrypts nothing", async () => {
    const decryptionKeys = [{ ...ours.privateKey.export({ format: "jwk" }), use: "sig" }];
    expect((await findingsOf(sealed(), { ...policy, decryptionKeys }, NOW)).ids).toEqual(UNREADABLE);
  });

  test("keys are bound to the issuer that is named inside", async () => {
    const other = { issuer: "https://other.example", jwks: { keys: [stranger.jwk] } };
    const trusting = { ...policy, issuers: [...policy.issuers, other] };
    const anonymous = sealed({}, assertionIn(plain)).replace(
      /<saml:Issuer xmlns[^>]*>[^<]*<\/saml:Issuer>/,
      "",
    );
    const xml = signSaml(anonymous, "Response", stranger, { after: "Status" });
    expect((await findingsOf(xml, trusting, NOW)).ids).toEqual(["saml.key.untrusted"]);
    const own = signSaml(anonymous, "Response", key, { after: "Status" });
    expect((await findingsOf(own, trusting, NOW)).ids).toEqual(["saml.issuer.mismatch"]);
  });
});

describe("without keys of the issuer", () => {
  const untrusting = samplePolicy([], { decryptionKeys: [PEM] });
  test.each([
    { name: "signed inside", xml: sealed(), ids: ["saml.signature.unchecked"] },
    {
      name: "not signed inside",
      xml: sealed({}, assertionIn(plain)),
      ids: ["saml.signature.unchecked", "saml.signature.missing"],
    },
    {
      name: "CBC, whose signature is not checked",
      xml: sealedThenSigned({ content: "aes128-cbc" }),
      ids: ["saml.signature.unchecked", "saml.encryption.weak"],
    },
  ])("$name → $ids", async ({ xml, ids }) => {
    expect(await findingsOf(xml, untrusting, NOW)).toMatchObject({ ids, signature: "unchecked" });
  });
});

test.each([
  { name: "signed inside", xml: sealed({ content: "aes128-cbc" }) },
  { name: "signed around it", xml: sealedThenSigned({ content: "aes256-cbc" }) },
])("a policy may forbid AES-CBC: $name", async ({ xml }) => {
  const strict = { ...policy, unauthenticatedEncryption: "error" } as const;
  expect((await findingsOf(xml, strict, NOW)).ids).toEqual(FORBIDDEN);
  expect((await findingsOf(sealed(), strict, NOW)).ids).toEqual([]);
});

test("EncryptedID and EncryptedAttribute are not read, and that is said", async () => {
  const subject = "<saml:EncryptedID><x/></saml:EncryptedID>";
  const attribute = "<saml:EncryptedAttribute><x/></saml:EncryptedAttribute>";
  const xml = plain
    .replace(/<saml:NameID[^>]*>[^<]*<\/saml:NameID>/, subject)
    .replace("</saml:AttributeStatement>", `${attribute}</saml:AttributeStatement>`);
  const response = signSaml(xml, "Assertion", key);
  const { artifact } = await readSamlResponse(response, policy);
  expect(artifact?.assertion?.encryptedParts).toEqual(["saml:EncryptedID", "saml:EncryptedAttribute"]);
  expect((await findingsOf(response, policy, NOW)).ids).toEqual(["saml.assertion.partly-encrypted"]);
});
