import { expect, test } from "vitest";
import { encryptedAssertion } from "../../support/encrypted-saml.ts";
import { assertionIn, NOW } from "../../support/signed-saml.ts";
import { findingsOf } from "../rules/saml/findings.ts";
import { around, policy, sealed, signed, theirs } from "./sealed-responses.ts";

const UNREADABLE = ["saml.encryption.unreadable"];

// WebCrypto knows one hash for both, so these are undone by numbers.
test.each([
  { name: "SHA-256 with a mask of SHA-1", xml: sealed({ oaep: "sha256", mask: "sha1" }), ids: [] },
  { name: "SHA-512 with a mask of SHA-1", xml: sealed({ oaep: "sha512", mask: "sha1" }), ids: [] },
  { name: "SHA-1 with a mask of SHA-256", xml: sealed({ oaep: "sha1", mask: "sha256" }), ids: [] },
  {
    name: "SHA-384 with a mask of SHA-512 and a label",
    xml: sealed({ oaep: "sha384", mask: "sha512", label: "for you" }),
    ids: [],
  },
  {
    name: "for somebody else, with two hashes",
    xml: around(encryptedAssertion(assertionIn(signed), theirs, { oaep: "sha256", mask: "sha1" })),
    ids: UNREADABLE,
  },
  {
    name: "another label, with two hashes",
    xml: sealed({ oaep: "sha256", mask: "sha1", label: "for you" }).replace(
      /<xenc:OAEPparams>[^<]*<\/xenc:OAEPparams>/,
      "",
    ),
    ids: UNREADABLE,
  },
])("RSA-OAEP with two hashes: $name → $ids", async ({ xml, ids }) => {
  expect((await findingsOf(xml, policy, NOW)).ids).toEqual(ids);
});
