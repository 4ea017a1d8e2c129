import { expect, test } from "vitest";
import { wsFedRules } from "../../../../src/rules/wsfed/index.ts";
import { wsFedReadingRules } from "../../../../src/rules/wsfed/reading.ts";

test("ids are unique and of this channel, and only MFA and age are not plain refusals", () => {
  const all = [...wsFedReadingRules, ...wsFedRules];
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  expect(all.every(({ id }) => /^wsfed(?:\.[a-z-]+){2}$/.test(id))).toBe(true);
  const evidence = all.filter(({ about }) => about === "evidence");
  const others = evidence.filter(({ id }) => !/^wsfed\.(?:mfa|amr|guidance)\./.test(id)).map(({ id }) => id);
  expect(others).toEqual(["wsfed.authn-statement.contradictory", "wsfed.token.partly-encrypted"]);
  expect(
    Object.fromEntries(all.flatMap(({ id, verdict }) => (verdict === undefined ? [] : [[id, verdict]]))),
  ).toEqual({
    "wsfed.token.encrypted": "inconclusive",
    "wsfed.signature.unchecked": "inconclusive",
    "wsfed.mfa.contested": "inconclusive",
    "wsfed.authn-instant.stale": "re-authenticate",
    "wsfed.guidance.exception-needed": "inconclusive",
  });
});
