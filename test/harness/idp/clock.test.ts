import { expect, test } from "vitest";
import { makeClock } from "../../../harness/idp/clock.ts";

const started = (): number => 1000;

test.each([
  { does: "nothing", settings: [], shows: { now: 1000, frozen: false } },
  { does: "set", settings: [{ now: 5000 }], shows: { now: 5000, frozen: false } },
  { does: "moved twice", settings: [{ shift: 60 }, { shift: -90 }], shows: { now: 970, frozen: false } },
  { does: "frozen", settings: [{ now: 7, frozen: true }], shows: { now: 7, frozen: true } },
  {
    does: "moved while frozen, and let go",
    settings: [{ now: 7, frozen: true }, { shift: 3 }],
    shows: { now: 10, frozen: false },
  },
  {
    does: "stopped where it is",
    settings: [{ shift: 5 }, { shift: 0, frozen: true }],
    shows: { now: 1005, frozen: true },
  },
])("$does → $shows", ({ settings, shows }) => {
  const clock = makeClock(started);
  for (const setting of settings) clock.set(setting);
  expect(clock.read()).toMatchObject(shows);
  expect(clock.reset()).toMatchObject({ now: 1000, frozen: false });
});

test("it goes on from where it was set, unless it is frozen", () => {
  let machine = 100;
  const clock = makeClock(() => machine);
  clock.set({ now: 5000 });
  machine += 7;
  expect(clock.read().now).toBe(5007);
  clock.set({ shift: 0, frozen: true });
  machine += 7;
  expect(clock.read().now).toBe(5007);
  clock.set({ shift: 0 });
  machine += 7;
  expect(clock.read().now).toBe(5014);
});

test("by how much it is ahead of the machine", () => {
  const clock = makeClock();
  expect(clock.read().ahead).toBe(0);
  expect(clock.set({ shift: 86_400 }).ahead).toBe(86_400);
  expect(clock.set({ shift: -2 * 86_400 }).ahead).toBe(-86_400);
});

test.each([Number.NaN, Infinity, 1.5, -1, 221_845_392_000])("%s is no moment", (now) => {
  const clock = makeClock(started);
  expect(() => clock.set({ now })).toThrowError(
    expect.objectContaining({ code: "ERR_USAGE", message: `the clock cannot be set to ${now}` }),
  );
  expect(clock.read().now).toBe(1000);
});
