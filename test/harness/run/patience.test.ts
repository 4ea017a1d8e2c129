import { expect, test } from "vitest";
import { besideCases, isLongWait, makePatience } from "../../../harness/run/patience.ts";

const V = "in vain" as const;
const A = "answered" as const;

test.each([
  { waits: [], why: undefined },
  { waits: [V], why: undefined },
  {
    waits: [V, V],
    why: "portal was waited for in vain 2 times in a row; it is not asked any more in this run",
  },
  { waits: [A, V, V, V], why: undefined },
  {
    waits: [A, V, V, V, V],
    why: "portal was waited for in vain 4 times in a row; it is not asked any more in this run",
  },
  { waits: [V, A, V, V, V], why: undefined },
  { waits: [A, V, V, V, A, V], why: undefined },
])("after $waits: $why", ({ waits, why }) => {
  const patience = makePatience(4, 2);
  for (const wait of waits) patience.note("portal", wait);
  expect(patience.lostWith("portal")).toBe(why);
  expect(patience.lostWith("another")).toBeUndefined();
});

test("once is once", () => {
  const patience = makePatience(1);
  patience.note("portal", V);
  expect(patience.lostWith("portal")).toBe(
    "portal was waited for in vain once; it is not asked any more in this run",
  );
});

test.each([
  { seconds: 4.9, timeoutSeconds: 60, isLong: false },
  { seconds: 5, timeoutSeconds: 60, isLong: true },
  { seconds: 1.9, timeoutSeconds: 2, isLong: false },
  { seconds: 2, timeoutSeconds: 2, isLong: true },
])("$seconds s of $timeoutSeconds s are long: $isLong", ({ seconds, timeoutSeconds, isLong }) => {
  expect(isLongWait(seconds, timeoutSeconds)).toBe(isLong);
});

test("what is answered beside the cases makes nobody wait longer for them", () => {
  const patience = makePatience(2);
  const beside = besideCases(patience);
  patience.note("portal", V);
  beside.note("portal", A);
  expect(patience.lostWith("portal")).toBeUndefined();
  beside.note("portal", V);
  expect(patience.lostWith("portal")).toBeDefined();
});
