import { expect, test } from "vitest";
import { standUp } from "../../../../harness/target/oracle/stand-up.ts";
import type { SeenDecision } from "../../../../harness/target/read-decision.ts";

const REFUSED: SeenDecision = { decision: "refuse", confidence: "high", signals: ["page"] };
const FAILED = ["/error 500"];

test.each([
  {
    title: "an app that is up",
    more: {},
    decision: "refuse",
    says: /^afterwards: a good sign-in was let in$/,
  },
  {
    title: "a failure that is not its way to reject",
    more: { failures: FAILED, isUsual: false },
    decision: undefined,
    says: /^the app failed, \/error 500: whoever fails has not refused$/,
  },
  { title: "a failure that is its way to reject", more: { failures: FAILED }, decision: "refuse" },
  {
    title: "a failure beside words of the file",
    more: { failures: FAILED, isUsual: false, isSaid: true },
    decision: "refuse",
  },
  {
    title: "words of the file of an app that lets nobody in any more",
    more: { isUp: false, isSaid: true },
    decision: undefined,
    says: /^afterwards: a good sign-in was not let in either/,
  },
  { title: "a memory that was lost before", more: { losses: 2, lossesBefore: 2 }, decision: "refuse" },
  {
    title: "a memory that was lost meanwhile",
    more: { losses: 3, lossesBefore: 2 },
    decision: undefined,
    says: /the app lost its memory/,
  },
  {
    title: "an acceptance",
    more: { isUp: false, decided: "accept" as const },
    decision: "accept",
    says: /^page$/,
  },
])("$title: $decision", async ({ more, decision, says = /^afterwards: a good sign-in was let in$/ }) => {
  const all = { failures: [], isUsual: true, isSaid: false, isUp: true, losses: 0, lossesBefore: 0, ...more };
  const { failures, isUsual, isSaid, isUp, losses, lossesBefore } = all;
  const acquaintance = {
    stillLetsIn: () => Promise.resolve(isUp),
    sentinel: { losses: () => losses, look: () => Promise.resolve() },
    rejections: { failSo: () => Promise.resolve(isUsual), endSo: () => Promise.resolve(false) },
  };
  const decided = { ...REFUSED, ...("decided" in more ? { decision: more.decided } : {}) };
  const seen = await standUp(decided, acquaintance, { failures, lossesBefore, isSaid });
  expect([seen.decision, seen.signals.at(-1)]).toEqual([decision, expect.stringMatching(says)]);
});
