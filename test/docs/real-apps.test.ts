import { describe, expect, test } from "vitest";
import { readRecords } from "../../docs/real-apps/read-records.ts";
import { recordOf } from "../../docs/real-apps/record.ts";
import { REMARKS } from "../../docs/real-apps/remarks.ts";
import type { CaseInfo, CaseResult } from "../../harness/run/events.ts";
import type { Verdict } from "../../src/index.ts";

const records = await readRecords();

test.each(records)("each remark on $app is on something that it did", (record) => {
  const { app, letIn, letInAsOther, wronglyRefused, refusedOtherwise, notTold } = record;
  const untold = notTold.map(({ scenario }) => scenario);
  const told = [...letIn, ...letInAsOther, ...wronglyRefused, ...refusedOtherwise, ...untold];
  const remarked = (REMARKS[app] ?? []).flatMap(({ scenarios }) => scenarios);
  expect(remarked.filter((id) => !told.includes(id))).toEqual([]);
});

type Decision = "accept" | "refuse" | "challenge";

interface Seen {
  readonly wanted: Decision;
  readonly status: CaseResult["outcome"]["status"];
  readonly decision?: Decision;
  readonly as?: "marker" | "forged";
  readonly verdict?: "compliant" | "non-compliant";
}

const INFO: Omit<CaseInfo, "expect"> = {
  id: "some/protocol/portal",
  scenario: "some",
  title: "some",
  why: "some",
  references: [],
  covers: [],
  channel: "oidc",
  transport: "protocol",
  target: "portal",
};

const VERDICT: Verdict = {
  verdict: "compliant",
  reason: "",
  channel: "oidc",
  artifact: "id-token",
  policy: "",
  signature: "verified",
  findings: [],
  evidence: undefined,
  matchers: {},
  disagreement: [],
  unchecked: [],
};

function recorded({ wanted, status, decision, as = "marker", verdict = "compliant" }: Seen) {
  const expectation: CaseInfo["expect"] = { verdict: "compliant", findings: [], decision: wanted };
  const observation = { decision, as, signals: [], exchanges: [] };
  const outcome = { status, differences: ["why"] };
  const result = { outcome, observation, verdict: { ...VERDICT, verdict }, durationMilliseconds: 1 };
  const cases = [{ ...INFO, expect: expectation }];
  const start = { type: "run-start", format: 1, at: 0, plan: "", rules: [], cases, notRun: 0 } as const;
  const ends = [{ type: "case-end", id: INFO.id, result }] as const;
  const end = { type: "run-end", at: 0, interrupted: false } as const;
  const {
    app: _app,
    version: _version,
    recorded: _on,
    cases: _cases,
    ...told
  } = recordOf("portal", "1", {
    start,
    ends,
    end,
  });
  return Object.entries(told).flatMap(([place, what]) =>
    Array.isArray(what) && what.length > 0 ? [place] : what === 1 ? ["passed"] : [],
  );
}

describe("recordOf", () => {
  test.each<Seen & { readonly place: string }>([
    { wanted: "refuse", status: "pass", decision: "refuse", place: "passed" },
    { wanted: "refuse", status: "fail", decision: "accept", place: "letIn" },
    { wanted: "challenge", status: "fail", decision: "accept", place: "letIn" },
    { wanted: "refuse", status: "fail", decision: "accept", as: "forged", place: "letInAsOther" },
    { wanted: "accept", status: "fail", decision: "accept", as: "forged", place: "letInAsOther" },
    { wanted: "accept", status: "fail", decision: "refuse", place: "wronglyRefused" },
    { wanted: "challenge", status: "fail", decision: "refuse", place: "refusedOtherwise" },
    // Another artifact than the scenario's came to the app.
    { wanted: "refuse", status: "fail", decision: "accept", verdict: "non-compliant", place: "notTold" },
    { wanted: "refuse", status: "error", place: "notTold" },
    { wanted: "refuse", status: "inconclusive", decision: "refuse", place: "notTold" },
  ])("wanted $wanted, $status with $decision as $as, $verdict → $place", ({ place, ...seen }) => {
    expect(recorded(seen)).toEqual([place]);
  });

  test("a run that did not end is no record", () => {
    const start = { type: "run-start", format: 1, at: 0, plan: "", rules: [], cases: [], notRun: 0 } as const;
    expect(() => recordOf("portal", "1", { start, ends: [], end: undefined })).toThrow("did not end");
  });
});
