import { expect, test } from "vitest";
import { checkNonce } from "../../../src/rules/token/nonce.ts";
import { NOW, oidcPolicy } from "../support/tokens.ts";

const SENT = "n-0S6_WzA2Mj";

test.each([
  { nonce: "n-other", says: 'nonce is "n-other"; it must be the one that was sent' },
  { nonce: "", says: 'nonce is ""; it must be the one that was sent' },
  { nonce: `${SENT}0`, says: "nonce is longer than the one that was sent and holds it" },
  { nonce: SENT.slice(0, -1), says: "nonce is only a part of the one that was sent" },
  { nonce: SENT.toLowerCase(), says: "nonce is the one that was sent with other capital letters" },
  { nonce: [SENT], says: "nonce is an array; it must be the one that was sent, as a string" },
  { nonce: 7, says: "nonce is of type number; it must be the one that was sent, as a string" },
  { nonce: null, says: "nonce is null; it must be the one that was sent, as a string" },
])("nonce $nonce: $says", ({ nonce, says }) => {
  const faults = checkNonce({ header: {}, claims: { nonce } }, { ...oidcPolicy([]), nonce: SENT }, NOW);
  const message = faults?.[0]?.message ?? "";
  expect(message).toContain(says);
  expect(message).not.toContain(SENT);
});

test("the nonce that was sent is no fault", () => {
  expect(
    checkNonce({ header: {}, claims: { nonce: SENT } }, { ...oidcPolicy([]), nonce: SENT }, NOW),
  ).toEqual([]);
});
