import { describe, expect, test } from "vitest";
import {
  assertionIn,
  NOW,
  rsaKey,
  samplePolicy,
  sampleResponse,
  signBoth,
  signSaml,
} from "../../support/signed-saml.ts";
import { findingsOf } from "../rules/saml/findings.ts";

const key = rsaKey();
const stranger = rsaKey();
const policy = samplePolicy([key]);
const plain = sampleResponse();
const signed = signSaml(plain, "Assertion", key);
const both = signBoth(plain, key);

describe("without keys, and encrypted", () => {
  const encrypted = plain.replace(
    assertionIn(plain),
    '<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"><x/></saml:EncryptedAssertion>',
  );
  const wrongAudience = signed.replace("sp.example/metadata<", "other.example<");
  test.each([
    { name: "signed", xml: both, ids: ["saml.signature.unchecked"] },
    { name: "unsigned", xml: plain, ids: ["saml.signature.unchecked", "saml.signature.missing"] },
    {
      name: "another fault",
      xml: wrongAudience,
      ids: ["saml.signature.unchecked", "saml.audience.mismatch"],
    },
    { name: "encrypted", xml: encrypted, ids: ["saml.signature.unchecked", "saml.assertion.encrypted"] },
    {
      name: "a comment in a value",
      xml: both.replace(">alice<", ">al<!---->ice<"),
      ids: ["saml.message.structure"],
    },
  ])("without keys, $name → $ids", async ({ xml, ids }) => {
    expect(await findingsOf(xml, samplePolicy([]), NOW)).toMatchObject({ ids, signature: "unchecked" });
  });

  test.each([
    {
      name: "response signed",
      xml: signSaml(encrypted, "Response", key),
      signature: "verified",
      ids: ["saml.assertion.encrypted"],
    },
    {
      name: "response signed by a stranger",
      xml: signSaml(encrypted, "Response", stranger),
      signature: "failed",
      ids: ["saml.signature.invalid"],
    },
    {
      name: "response not signed",
      xml: encrypted,
      signature: "unchecked",
      ids: ["saml.assertion.encrypted"],
    },
  ])("encrypted, $name → $ids", async ({ xml, signature: wanted, ids }) => {
    expect(await findingsOf(xml, policy, NOW)).toMatchObject({ ids, signature: wanted });
  });
});
