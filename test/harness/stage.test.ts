import { expect, test, vi } from "vitest";
import { withinStage } from "../../harness/stage.ts";

const heeding = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(new Error("aborted"))));
const forEver = (): Promise<never> => new Promise(() => undefined);

test("what is over in time is handed on, and what fails of itself fails as it did", async () => {
  const stage = { what: "portal", seconds: 60 };
  expect(await withinStage(stage, () => Promise.resolve("done"))).toBe("done");
  await expect(withinStage(stage, () => Promise.reject(new TypeError("own")))).rejects.toThrow("own");
});

test("what hangs is told after two seconds and given up at its limit, whether it heeds the signal or not", async () => {
  vi.useFakeTimers();
  try {
    const told: string[] = [];
    const tell = (line: string): void => void told.push(line);
    for (const job of [forEver, heeding]) {
      const late = withinStage({ what: "portal: http://127.0.0.1:1/", seconds: 5, tell }, job);
      const outcome = expect(late).rejects.toMatchObject({
        code: "ERR_TARGET_UNREACHABLE",
        message: "not over within 5 s",
      });
      await vi.advanceTimersByTimeAsync(1999);
      expect(told).toEqual([]);
      await vi.advanceTimersByTimeAsync(1);
      expect(told.splice(0)).toEqual(["Waiting at most 5 s for portal: http://127.0.0.1:1/.\n"]);
      await vi.advanceTimersByTimeAsync(3000);
      await outcome;
    }
  } finally {
    vi.useRealTimers();
  }
});

test("an interruption ends the waiting at once", async () => {
  const stop = new AbortController();
  const waiting = withinStage({ what: "portal", seconds: 60, signal: stop.signal }, forEver);
  const reason = new Error("Ctrl-C");
  stop.abort(reason);
  await expect(waiting).rejects.toBe(reason);
  await expect(withinStage({ what: "portal", seconds: 60, signal: stop.signal }, forEver)).rejects.toBe(
    reason,
  );
});
