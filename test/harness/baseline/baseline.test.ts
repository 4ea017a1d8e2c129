import { describe, expect, test } from "vitest";
import { withBaseline } from "../../../harness/baseline/apply.ts";
import { type BaselineEntry, loadBaseline } from "../../../harness/baseline/baseline.ts";
import { withComparison } from "../../../harness/baseline/compare-runs.ts";
import type { CaseEnd, CaseResult, Outcome, RunEvent } from "../../../harness/run/events.ts";
import { INTERRUPTED_RUN } from "../../support/run-events.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const [START] = INTERRUPTED_RUN;
const ID = "first/protocol/relying-party";
const LAST_SECOND = Date.parse("2026-06-30T23:59:59Z") / 1000;

function entry(pattern: string): BaselineEntry {
  return { case: pattern, owner: "kim", reason: "vendor ticket 7", expires: "2026-06-30" };
}

function result(status: Outcome["status"], change: Partial<CaseResult> = {}): CaseResult {
  const differences = status === "pass" ? [] : ["decision: accept, expected refuse"];
  return {
    outcome: { status, differences },
    observation: undefined,
    verdict: undefined,
    durationMilliseconds: 1,
    ...change,
  };
}

function end(id: string, status: Outcome["status"]): CaseEnd {
  return { type: "case-end", id, result: result(status) };
}

function told(
  wrap: (onEvent: (event: RunEvent) => void) => (event: RunEvent) => void,
  events: readonly RunEvent[],
) {
  const heard: RunEvent[] = [];
  const tell = wrap((event) => void heard.push(event));
  for (const event of events) tell(event);
  return {
    events: heard,
    outcomes: heard.flatMap((event) => (event.type === "case-end" ? [event.result.outcome] : [])),
    notes: heard.flatMap((event) => (event.type === "run-end" ? (event.notes ?? []) : [])),
  };
}

const END: RunEvent = { type: "run-end", at: LAST_SECOND, interrupted: false };

describe("a baseline", () => {
  const KNOWN = "vendor ticket 7 (kim, until 2026-06-30)";
  const FAILED = "decision: accept, expected refuse";
  test.each([
    {
      pattern: ID,
      status: "fail",
      now: LAST_SECOND,
      to: { status: "known", differences: [`known: ${KNOWN}`, FAILED] },
    },
    {
      pattern: "first/*",
      status: "fail",
      now: LAST_SECOND,
      to: { status: "known", differences: [`known: ${KNOWN}`, FAILED] },
    },
    {
      pattern: ID,
      status: "fail",
      now: LAST_SECOND + 1,
      to: { status: "fail", differences: [`the baseline no longer covers it: ${KNOWN}`, FAILED] },
    },
    {
      pattern: ID,
      status: "pass",
      now: LAST_SECOND,
      to: {
        status: "fail",
        differences: [`passes, though the baseline says that it fails: ${KNOWN}; take it out`],
      },
    },
    { pattern: ID, status: "pass", now: LAST_SECOND + 1, to: { status: "pass", differences: [] } },
    { pattern: ID, status: "error", now: LAST_SECOND, to: { status: "error", differences: [FAILED] } },
    {
      pattern: ID,
      status: "inconclusive",
      now: LAST_SECOND,
      to: { status: "inconclusive", differences: [FAILED] },
    },
    {
      pattern: "first.protocol.relying-party",
      status: "fail",
      now: LAST_SECOND,
      to: { status: "fail", differences: [FAILED] },
    },
  ] as const)("$pattern of a case that ends $status → $to.status", ({ pattern, status, now, to }) => {
    const { outcomes } = told((onEvent) => withBaseline([entry(pattern)], now, onEvent), [end(ID, status)]);
    const found = { status, differences: status === "pass" ? [] : [FAILED] };
    const isChanged = JSON.stringify(found) !== JSON.stringify(to);
    expect(outcomes).toEqual([isChanged ? { ...to, asFound: found } : to]);
  });

  test.each(["pass", "fail", "error"] as const)(
    "a case that ends %s, told again, is held as before",
    (status) => {
      const hold = (events: readonly RunEvent[], entries = [entry(ID)]) =>
        told((onEvent) => withBaseline(entries, LAST_SECOND, onEvent), events);
      const once = hold([end(ID, status)]);
      expect(hold(once.events)).toEqual(once);
      // Another baseline starts from what was found, not from what the first one said.
      expect(hold(once.events, [])).toEqual(hold([end(ID, status)], []));
    },
  );

  test("an entry that fits no case of the run is told at its end", () => {
    const events = START === undefined ? [] : [START, END];
    const { notes } = told(
      (onEvent) => withBaseline([entry("first/*"), entry("gone/*")], 0, onEvent),
      events,
    );
    expect(notes).toEqual(["the baseline names gone/*, and no case of this run is called so"]);
  });

  test.each([
    { yaml: "known: [{ case: a, owner: b, reason: c }]", says: "known.yaml:1:9 known.0.expires" },
    {
      yaml: "known: [{ case: a, owner: b, reason: c, expires: soon }]",
      says: "known.0.expires: Invalid ISO date",
    },
    { yaml: "knwon: []", says: "Unrecognized key" },
  ])("$yaml is refused: $says", async ({ yaml, says }) => {
    await using folder = await temporaryFolder({ "known.yaml": yaml });
    await expect(loadBaseline(`${folder.path}/known.yaml`)).rejects.toMatchObject({
      code: "ERR_CONFIG_INVALID",
      message: expect.stringContaining(says) as unknown,
    });
  });
});

test("a run beside an earlier one: what is new, fixed, changed, added and gone", () => {
  const earlier = [end("a", "pass"), end("b", "fail"), end("c", "fail"), end("d", "pass"), end("e", "pass")];
  const now = [
    end("a", "pass"),
    end("b", "pass"),
    end("c", "error"),
    end("d", "fail"),
    end("f", "pass"),
    END,
  ];
  const { notes, outcomes } = told((onEvent) => withComparison(earlier, onEvent), now);
  expect(outcomes.map(({ status }) => status)).toEqual(["pass", "pass", "error", "fail", "pass"]);
  expect(notes).toEqual([
    "added: f: pass",
    "changed: c: status fail → error",
    "fixed: b: status fail → pass",
    "new failure: d: status pass → fail",
    "gone: e",
  ]);
});
