import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Patch } from "../../harness/emission/patch-schema.ts";
import type { MockIdp } from "../../harness/idp/mock-idp.ts";
import { startIdp } from "../../harness/idp/start-idp.ts";
import { BUNDLED_SCENARIOS } from "../../harness/scenario/bundled.ts";
import { loadScenarios } from "../../harness/scenario/load.ts";
import { undeclaredInToken } from "../support/declared.ts";
import { differences, jsonStructure } from "../support/structure.ts";

let idp: MockIdp;

beforeAll(async () => {
  idp = await startIdp();
});

afterAll(async () => {
  await idp.stop();
});

/** Documents that an issuer publishes, by the member of the model that they are made of. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  discovery: "/oidc/.well-known/openid-configuration",
  jwks: "/oidc/jwks",
  eamDiscovery: "/eam/.well-known/openid-configuration",
  eamJwks: "/eam/jwks",
};

/** A document as the issuer of this id publishes it, its own address written as `here`. */
async function documentOf(id: string, path: string): Promise<string> {
  const response = await fetch(`${idp.origin}/fault/${id}${path}`);
  return (await response.text()).replaceAll(`${idp.origin}/fault/${id}`, "here");
}

/** A patch's place in its document; for an element of a list that comes or goes the list, as that moves others. */
function pointerOf({ op, path }: Patch, member: string): string {
  const pointer = path.slice(member.length + 1);
  const moves = pointer.endsWith("/-") || (op === "remove" && /\/\d+$/.test(pointer));
  return moves ? pointer.slice(0, pointer.lastIndexOf("/")) : pointer;
}

const scenarios = await loadScenarios([BUNDLED_SCENARIOS]);
const published = scenarios.flatMap(({ id, control, emission: { patch, channel } }) =>
  control === undefined || !["oidc", "eam"].includes(channel)
    ? []
    : Object.entries(DOCUMENTS)
        .filter(([member]) => member.startsWith("eam") === (channel === "eam"))
        .map(([member, path]) => {
          const own = patch.filter((one) => one.path === `/${member}` || one.path.startsWith(`/${member}/`));
          const pointers = own.map((one) => pointerOf(one, member));
          return { name: `${id} ${member}`, id, control, path, pointers };
        }),
);
const patchesOf = new Set(published.filter(({ pointers }) => pointers.length > 0).map(({ id }) => id));

/** A certificate is made anew for each issuer, under another serial number: its change counts where a patch names it. */
function isNoise(place: string, pointers: readonly string[]): boolean {
  return place.includes("/x5c/") && !pointers.some((pointer) => pointer.includes("/x5c"));
}

describe("a published document differs from the control's where its patches say, and nowhere else", () => {
  test.each(published.filter(({ id }) => patchesOf.has(id)))(
    "$name",
    async ({ id, control, path, pointers }) => {
      const [goodText, badText] = [await documentOf(control, path), await documentOf(id, path)];
      const [good, bad] = [jsonStructure(goodText), jsonStructure(badText)];
      const isWhole = pointers.includes("");
      const undeclared = isWhole ? [] : undeclaredInToken(good, bad, pointers);
      expect(undeclared.filter((place) => !place.includes("/x5c/"))).toEqual([]);
      const changed = differences(good, bad).filter((place) => !isNoise(place, pointers));
      // A member that is there twice is seen in the text alone.
      const isChanged = changed.length > 0 || (pointers.length > 0 && badText !== goodText);
      expect(isChanged).toBe(pointers.length > 0);
    },
  );
});

test("there are such documents of every kind", () => {
  const changed = published.filter(({ pointers }) => pointers.length > 0);
  expect([...new Set(changed.map(({ path }) => path))].toSorted()).toEqual(
    Object.values(DOCUMENTS).toSorted(),
  );
});
