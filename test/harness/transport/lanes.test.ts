import { expect, test } from "vitest";
import { makeLanes } from "../../../harness/transport/lanes.ts";

test.each([1, 2, 5])("%i lanes: never more at a time, all run, in order", async (count) => {
  const inLane = makeLanes(count);
  const started: number[] = [];
  let running = 0;
  let most = 0;
  const jobs = Array.from({ length: 12 }, (_, index) =>
    inLane(async () => {
      started.push(index);
      running += 1;
      most = Math.max(most, running);
      await new Promise(setImmediate);
      running -= 1;
      return index;
    }),
  );
  expect(await Promise.all(jobs)).toEqual(Array.from({ length: 12 }, (_, index) => index));
  expect(started).toEqual(Array.from({ length: 12 }, (_, index) => index));
  expect(most).toBe(count);
});

test("a job that fails frees its lane", async () => {
  const inLane = makeLanes(1);
  const failed = inLane(() => Promise.reject(new Error("no")));
  const next = inLane(() => Promise.resolve("yes"));
  await expect(failed).rejects.toThrow("no");
  expect(await next).toBe("yes");
});
