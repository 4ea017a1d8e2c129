import { expect, test } from "vitest";
import { madeOnce, type Store } from "../../../../harness/idp/store/store.ts";

const BOUNDS = { limit: 100, ttlSeconds: 60 };
const LIST_BOUNDS = { ...BOUNDS, length: 3 };

/**
 * What every store does; each test has names of its own, so that one store may serve them all.
 *
 * @param storeOf known when the tests run
 */
export function testStore(storeOf: () => Store): void {
  const many = Array.from({ length: 20 }, (_, index) => index);

  test("an entry is found under its kind and key only, until it is removed", async () => {
    const shelf = storeOf().shelf<unknown>("found", BOUNDS);
    const other = storeOf().shelf<unknown>("other", BOUNDS);
    const value = { text: "ü \n : \u0000", list: [1, null, { deep: true }], none: 0 };
    await shelf.put("key : *", value);
    expect([await shelf.get("key : *"), await shelf.get("key"), await other.get("key : *")]).toEqual([
      value,
      undefined,
      undefined,
    ]);
    await shelf.remove("key : *");
    expect(await shelf.get("key : *")).toBeUndefined();
  });

  test("what is written again is new", async () => {
    const shelf = storeOf().shelf<number>("again", BOUNDS);
    await shelf.put("key", 1);
    await shelf.put("key", 2);
    expect(await shelf.get("key")).toBe(2);
  });

  test("of many who add, one succeeds; of many who take, one gets it", async () => {
    const shelf = storeOf().shelf<number>("once", BOUNDS);
    const added = await Promise.all(many.map(async (index) => await shelf.add("key", index)));
    expect(added.filter(Boolean)).toHaveLength(1);
    const value = added.indexOf(true);
    const taken = await Promise.all(many.map(async () => await shelf.take("key")));
    expect(taken.filter((one) => one !== undefined)).toEqual([value]);
    expect(await shelf.add("key", 7)).toBe(true);
  });

  test("something is made once for all who want it", async () => {
    const shelf = storeOf().shelf<number>("made", BOUNDS);
    const made = await Promise.all(many.map(async (index) => await madeOnce(shelf, "key", () => index)));
    expect(new Set(made)).toEqual(new Set([await shelf.get("key")]));
  });

  test("a list keeps its newest values, oldest first, apart from other lists", async () => {
    const lists = storeOf().lists<number>("lists", LIST_BOUNDS);
    for (const value of [1, 2, 3, 4, 5]) await lists.append("one", value);
    await lists.append("two", 9);
    expect([await lists.read("one"), await lists.read("two"), await lists.read("none")]).toEqual([
      [3, 4, 5],
      [9],
      [],
    ]);
    await lists.clear("one");
    expect([await lists.read("one"), await lists.read("two")]).toEqual([[], [9]]);
  });

  test("a mirror is read at once, oldest first, and what is put again is the newest", () => {
    const mirror = storeOf().mirror<string>("mirror");
    for (const key of ["a", "b", "c", "a"]) mirror.put(key, `${key}!`);
    mirror.remove("b");
    expect([mirror.values(), mirror.get("a"), mirror.get("b")]).toEqual([["c!", "a!"], "a!", undefined]);
    mirror.clear();
    expect(mirror.values()).toEqual([]);
  });

  test("a store within another one has kinds of its own", async () => {
    const [outer, one, two] = [storeOf(), storeOf().within("one"), storeOf().within("two")];
    await one.shelf<number>("inner", BOUNDS).put("key", 1);
    expect([
      await outer.shelf<number>("inner", BOUNDS).get("key"),
      await two.shelf<number>("inner", BOUNDS).get("key"),
    ]).toEqual([undefined, undefined]);
  });
}
