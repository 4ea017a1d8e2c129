import { expect, test } from "vitest";
import { makeCatalogue } from "../../../harness/idp/catalogue.ts";
import { emissionOf } from "./relying-party.ts";

const MINE = { id: "mine", title: "Mine", emission: emissionOf({}) };

test.each([
  { of: "the package", given: undefined, id: "id-token-password-only", found: "id-token-password-only" },
  { of: "the package", given: undefined, id: "no-such-scenario", found: undefined },
  { of: "the package", given: undefined, id: "../scenario.schema", found: undefined },
  { of: "a program", given: [MINE], id: "mine", found: "mine" },
  { of: "a program", given: [MINE], id: "id-token-password-only", found: undefined },
])("the catalogue of $of has $id: $found", async ({ given, id, found }) => {
  expect((await makeCatalogue(given).find(id))?.id).toBe(found);
});

test("all of a program's catalogue are its own", async () => {
  expect(await makeCatalogue([MINE]).all()).toEqual([MINE]);
});
