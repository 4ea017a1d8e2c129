import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { startDeadline } from "../../../harness/run/deadline.ts";

async function untilAborted({ signal }: { readonly signal: AbortSignal }): Promise<unknown> {
  return await new Promise((resolve) => {
    if (signal.aborted) resolve(signal.reason);
    signal.addEventListener("abort", () => resolve(signal.reason));
  });
}

test("when the time is over it aborts, and says that it was the time", async () => {
  // The timer alone keeps no process alive, as it should not.
  const alive = setInterval(() => undefined, 1000);
  using deadline = startDeadline(new AbortController().signal, 0.001);
  expect(await untilAborted(deadline)).toMatchObject({ name: "TimeoutError" });
  expect(deadline.isOver()).toBe(true);
  clearInterval(alive);
});

test.each(["before", "after"])(
  "when the outer signal aborted %s the start, so does it, with the reason",
  async (when) => {
    const outer = new AbortController();
    const reason = new Error("interrupted");
    if (when === "before") outer.abort(reason);
    using deadline = startDeadline(outer.signal, 60);
    if (when === "after") outer.abort(reason);
    expect(await untilAborted(deadline)).toBe(reason);
    expect(deadline.isOver()).toBe(false);
  },
);

test("once it has ended, the outer signal knows nothing of it", () => {
  const outer = new AbortController();
  const deadline = startDeadline(outer.signal, 60);
  expect(getEventListeners(outer.signal, "abort")).toHaveLength(1);
  deadline[Symbol.dispose]();
  expect(getEventListeners(outer.signal, "abort")).toEqual([]);
  outer.abort();
  expect(deadline.signal.aborted).toBe(false);
});
