import { setImmediate as immediate } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openRedisStore } from "../../../harness/idp/store/redis-open.ts";
import type { SharedStore } from "../../../harness/idp/store/store.ts";
import { testStore } from "../../harness/idp/store/contract.ts";
import { type RunningRedis, startRedis } from "../../support/redis.ts";

let redis: RunningRedis;
let one: SharedStore;
let two: SharedStore;

beforeAll(async () => {
  redis = await startRedis();
  [one, two] = await Promise.all([openRedisStore(redis.url), openRedisStore(redis.url)]);
});

afterAll(async () => {
  await Promise.all([one.close(), two.close()]);
  await redis[Symbol.asyncDispose]();
});

testStore(() => one.store);

const BOUNDS = { limit: 100, ttlSeconds: 60 };

test("what one replica puts on a shelf, the other one finds, and only one of both takes it", async () => {
  const [here, there] = [one, two].map(({ store }) => store.shelf<number>("shared", BOUNDS));
  await here?.put("key", 7);
  expect(await there?.get("key")).toBe(7);
  const taken = await Promise.all([here?.take("key"), there?.take("key")]);
  expect(taken.toSorted()).toEqual([7, undefined]);
});

test("a mirror shows what the other replica wrote after catching up, in the order of writing", async () => {
  const [here, there] = [one.store.mirror<number>("both"), two.store.mirror<number>("both")];
  here.put("a", 1);
  await one.settled();
  await two.catchUp();
  there.put("b", 2);
  there.put("a", 3);
  await two.settled();
  expect(here.values()).toEqual([1]);
  await one.catchUp();
  expect([here.values(), there.values()]).toEqual([
    [2, 3],
    [2, 3],
  ]);
  here.remove("b");
  await one.settled();
  await two.catchUp();
  expect(there.values()).toEqual([3]);
  there.clear();
  await two.settled();
  await one.catchUp();
  expect(here.values()).toEqual([]);
});

test("a change made while catching up is not lost, however far that has come", async () => {
  const [here, there] = [one.store.mirror<number>("meanwhile"), two.store.mirror<number>("meanwhile")];
  for (let turns = 0; turns < 40; turns += 1) {
    there.put("theirs", turns);
    await two.settled();
    const catching = one.catchUp();
    for (let turn = 0; turn < turns / 2; turn += 1) await immediate();
    here.put(`ours ${turns}`, turns);
    await catching;
    expect(here.get(`ours ${turns}`)).toBe(turns);
  }
});

test("a replica that comes later finds what is mirrored", async () => {
  one.store.mirror<string>("late").put("key", "value");
  await one.settled();
  const late = await openRedisStore(redis.url);
  const mirror = late.store.mirror<string>("late");
  await late.catchUp();
  expect(mirror.get("key")).toBe("value");
  await late.close();
});
