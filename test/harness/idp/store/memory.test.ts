import { describe, expect, test } from "vitest";
import { makeMemoryStore } from "../../../../harness/idp/store/memory.ts";
import { testStore } from "./contract.ts";

describe("a store in memory", () => {
  const store = makeMemoryStore();
  testStore(() => store);
});

test.each([
  { later: 9, found: "a" },
  { later: 10, found: undefined },
])("after $later of 10 seconds: $found", async ({ later, found }) => {
  let seconds = 1000;
  const store = makeMemoryStore(() => seconds);
  const shelf = store.shelf<string>("kind", { limit: 10, ttlSeconds: 10 });
  const lists = store.lists<string>("kind", { limit: 10, ttlSeconds: 10, length: 10 });
  await shelf.put("usual", "a");
  await shelf.put("longer", "b", 60);
  await lists.append("list", "a");
  seconds += later;
  expect([await shelf.get("usual"), await shelf.get("longer")]).toEqual([found, "b"]);
  expect(await lists.read("list")).toEqual(found === undefined ? [] : [found]);
  expect(await shelf.add("usual", "c")).toBe(found === undefined);
});

test("the oldest entries and lists go first", async () => {
  const store = makeMemoryStore();
  const shelf = store.shelf<number>("kind", { limit: 2, ttlSeconds: 60 });
  const lists = store.lists<number>("kind", { limit: 2, ttlSeconds: 60, length: 10 });
  for (const key of ["a", "b", "c"]) {
    await shelf.put(key, 1);
    await lists.append(key, 1);
  }
  expect([await shelf.get("a"), await shelf.get("b"), await shelf.get("c")]).toEqual([undefined, 1, 1]);
  expect([await lists.read("a"), await lists.read("b"), await lists.read("c")]).toEqual([[], [1], [1]]);
});
