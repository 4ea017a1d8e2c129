import { expect, test } from "vitest";
import { samlRules } from "../../../../src/rules/saml/index.ts";
import { samlReadingRules } from "../../../../src/rules/saml/reading.ts";

test("ids are unique and of this channel, and only MFA and age are not plain refusals", () => {
  const all = [...samlReadingRules, ...samlRules];
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  expect(all.every(({ id }) => /^saml(?:\.[a-z-]+){2}$/.test(id))).toBe(true);
  expect(all.filter(({ about }) => about === "evidence").map(({ id }) => id)).toEqual([
    "saml.mfa.absent",
    "saml.mfa.misplaced",
    "saml.mfa.other-vocabulary",
    "saml.mfa.level-unread",
    "saml.amr.two-factors-without-mfa",
    "saml.amr.vendor-value",
    "saml.mfa.lookalike",
    "saml.mfa.contradicted",
    "saml.authn-statement.contradictory",
    "saml.assertion.partly-encrypted",
    "saml.guidance.exception-needed",
  ]);
  expect(
    Object.fromEntries(all.flatMap(({ id, verdict }) => (verdict === undefined ? [] : [[id, verdict]]))),
  ).toEqual({
    "saml.assertion.encrypted": "inconclusive",
    "saml.signature.unchecked": "inconclusive",
    "saml.authn-instant.stale": "re-authenticate",
    "saml.guidance.exception-needed": "inconclusive",
  });
});
