import { expect, test } from "vitest";
import { makeBoundedMap } from "../../../harness/idp/store/bounded-map.ts";
import { makeChoices } from "../../../harness/idp/choices.ts";
import { makeIssuedRecord } from "../../../harness/idp/issued-record.ts";
import { makeAdapterFactory } from "../../../harness/idp/oidc/adapter.ts";
import { makeRelyingParties } from "../../../harness/idp/oidc/relying-parties.ts";
import { makeMemoryStore } from "../../../harness/idp/store/memory.ts";
import { emissionOf } from "./relying-party.ts";

test("a bounded map forgets the oldest, and what is written again is new", () => {
  const map = makeBoundedMap<number>(2);
  map.put("a", 1);
  map.put("b", 2);
  map.put("a", 3);
  map.put("c", 4);
  expect({ a: map.get("a"), b: map.get("b"), c: map.get("c"), all: map.values() }).toEqual({
    a: 3,
    b: undefined,
    c: 4,
    all: [3, 4],
  });
});

test("storage keeps 2000 entries of a kind, and finds sessions by uid", async () => {
  const storage = makeAdapterFactory(makeRelyingParties([]), makeMemoryStore())("Session");
  for (let index = 0; index < 2001; index += 1) {
    await storage.upsert(`id-${index}`, { uid: `uid-${index}`, jti: `id-${index}` });
  }
  expect(await storage.find("id-0")).toBeUndefined();
  expect(await storage.findByUid("uid-0")).toBeUndefined();
  expect(await storage.findByUid("uid-2000")).toMatchObject({ jti: "id-2000" });
});

test("revoking a grant takes its tokens away and no others", async () => {
  const storage = makeAdapterFactory(makeRelyingParties([]), makeMemoryStore())("RefreshToken");
  await storage.upsert("one", { jti: "one", grantId: "g1" });
  await storage.upsert("two", { jti: "two", grantId: "g2" });
  await storage.revokeByGrantId("g1");
  expect(await storage.find("one")).toBeUndefined();
  expect(await storage.find("two")).toMatchObject({ grantId: "g2" });
});

test("a choice keeps its newest hundred artifacts, and one that is not on offer keeps none", async () => {
  const choices = makeChoices();
  const record = makeIssuedRecord(choices);
  const choice = choices.offer(emissionOf({}), "many");
  const issued = { channel: "oidc", artifact: "a.b.c", user: "u", audience: "x" } as const;
  for (let at = 0; at < 150; at += 1) await record.add(choice, { ...issued, at });
  expect(record.of(choice).map(({ at }) => at)).toEqual(
    Array.from({ length: 100 }, (_, index) => index + 50),
  );
  choices.withdraw(choice);
  record.forget(choice);
  await record.add(choice, { ...issued, at: 1 });
  await record.add(undefined, { ...issued, at: 1 });
  expect(record.of(choice)).toEqual([]);
});
