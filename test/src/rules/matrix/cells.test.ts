import { expect, test } from "vitest";
import { rules } from "../../../../src/index.ts";
import { matrix } from "../../../../src/rules/matrix/index.ts";
import { rulesIn } from "../../../../src/rules/matrix/matrix-row.ts";

const CHANNELS = ["oidc", "partner-api", "saml", "wsfed", "eam"] as const;

/** A reason is a sentence, so that a word put there in haste does not pass for one. */
const SENTENCE = /^[A-Za-z].{15,}\.$/;

test.each(matrix)("$what: each channel has rules for it, or a reason why not", (requirement) => {
  expect(Object.keys(requirement.cells).toSorted()).toEqual([...CHANNELS].toSorted());
  for (const channel of CHANNELS) {
    const cell = requirement.cells[channel];
    if (typeof cell === "string") expect(cell).toMatch(SENTENCE);
    else expect(cell).not.toEqual([]);
  }
  expect(CHANNELS.flatMap((channel) => rulesIn(requirement, channel))).not.toEqual([]);
});

test("each requirement stands there once", () => {
  const named = matrix.map(({ what }) => what);
  expect([...new Set(named)]).toEqual(named);
});

test("every rule belongs to a requirement, and no other is named", () => {
  const known = rules.map(({ id }) => id);
  const named = new Set(
    matrix.flatMap((requirement) => CHANNELS.flatMap((channel) => rulesIn(requirement, channel))),
  );
  expect(known.filter((id) => !named.has(id))).toEqual([]);
  expect([...named].filter((id) => !known.includes(id))).toEqual([]);
});
