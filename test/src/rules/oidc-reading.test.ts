import { expect, test } from "vitest";
import { oidcReadingRules } from "../../../src/rules/oidc/reading.ts";

test("each obstacle that reading a token can meet has one rule", () => {
  expect(oidcReadingRules.map(({ obstacle }) => obstacle).toSorted()).toEqual([
    "algorithm-forbidden",
    "api-bound",
    "decryption-failed",
    "encrypted",
    "header-forbidden",
    "key-contradictory",
    "key-untrusted",
    "key-weak",
    "malformed",
    "signature-invalid",
    "signature-missing",
    "signature-unchecked",
    "too-large",
  ]);
});
