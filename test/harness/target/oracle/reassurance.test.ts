import { expect, test } from "vitest";
import { makeReassurance, whileWanted } from "../../../../harness/target/oracle/reassurance.ts";

function probes() {
  const asked: ((answer: boolean) => void)[] = [];
  const probe = (): Promise<boolean> => new Promise((resolve) => asked.push(resolve));
  return { asked, reassurance: makeReassurance(probe) };
}

test("one question is put for all who ask before it, and another for those who ask later", async () => {
  const { asked, reassurance } = probes();
  const early = [reassurance(), reassurance()];
  await expect.poll(() => asked.length).toBe(1);
  const late = [reassurance(), reassurance()];
  expect(asked.length).toBe(1); // never are two under way
  asked[0]?.(true);
  expect(await Promise.all(early)).toEqual([true, true]);
  await expect.poll(() => asked.length).toBe(2);
  asked[1]?.(false);
  expect(await Promise.all(late)).toEqual([false, false]);
});

test("a question that failed fails for those who asked, and is put again for the next", async () => {
  let count = 0;
  const reassurance = makeReassurance(async () => {
    count += 1;
    if (count === 1) throw new Error("down");
    return await Promise.resolve(true);
  });
  await expect(reassurance()).rejects.toThrow("down");
  expect(await reassurance()).toBe(true);
});

test("nobody waits longer than is wanted", async () => {
  const stop = new AbortController();
  const waiting = whileWanted(new Promise(() => undefined), stop.signal);
  stop.abort(new Error("over"));
  await expect(waiting).rejects.toThrow("over");
  await expect(whileWanted(Promise.resolve(1), stop.signal)).rejects.toThrow("over");
  expect(await whileWanted(Promise.resolve(1), new AbortController().signal)).toBe(1);
});
