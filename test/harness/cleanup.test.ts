import { expect, test } from "vitest";
import { openTogether } from "../../harness/cleanup.ts";

test("what does not close keeps nothing else open, and is told", async () => {
  const closed: string[] = [];
  const resource = (name: string, failure?: Error) => ({
    [Symbol.asyncDispose]: (): Promise<void> => {
      closed.push(name);
      return failure === undefined ? Promise.resolve() : Promise.reject(failure);
    },
  });
  const cleanup = await openTogether((opened) => {
    opened.use(resource("first"));
    opened.use(resource("second", new Error("stuck")));
    opened.use(resource("third"));
    return Promise.resolve(opened);
  });
  await expect(cleanup[Symbol.asyncDispose]()).rejects.toThrow("stuck");
  expect(closed).toEqual(["third", "second", "first"]);
});
