import { expect, test } from "vitest";
import type { CollectedCase } from "../../../harness/report/collect.ts";
import { type ReporterName, reporters } from "../../../harness/report/reporters.ts";
import { worstFirst, wrongDecisionLines } from "../../../harness/report/wrong-decisions.ts";
import type { CaseInfo, CaseResult, RunEvent } from "../../../harness/run/events.ts";

interface Told {
  readonly severity?: string;
  readonly target?: string;
  readonly expected?: "accept" | "refuse" | "challenge" | "none";
  readonly orAccept?: true;
  readonly decision?: "accept" | "refuse" | "challenge";
  readonly status?: CaseResult["outcome"]["status"];
  readonly as?: "marker" | "forged";
}

function told({ target = "portal", severity, as, orAccept, ...rest }: Told): CollectedCase {
  const { expected = "refuse", decision = "accept", status = "fail" } = rest;
  const info: CaseInfo = {
    id: `${severity}/protocol/${target}`,
    scenario: `${severity}`,
    title: "",
    why: "",
    references: [],
    ...(severity === undefined ? {} : { severity }),
    covers: [],
    channel: "oidc",
    transport: "protocol",
    target,
    expect: {
      verdict: "non-compliant",
      findings: [],
      ...(expected === "none" ? {} : { decision: expected }),
      ...(orAccept === undefined ? {} : { orAccept: "who-signed-in" }),
    },
  };
  const observation = { decision, ...(as === undefined ? {} : { as }), signals: [], exchanges: [] };
  const outcome = { status, differences: [] };
  return { info, result: { outcome, observation, verdict: undefined, durationMilliseconds: 1 } };
}

test.each<{ name: string; cases: readonly Told[]; lines: readonly string[] }>([
  {
    name: "the worst is counted first, what nobody rated last",
    cases: [{}, { severity: "low" }, { severity: "critical" }, { severity: "low" }],
    lines: ["portal accepted 4 sign-ins that it should reject (1 critical, 2 low, 1 unrated)"],
  },
  {
    name: "each target has a sentence of its own",
    cases: [{ severity: "high" }, { severity: "high", target: "api" }],
    lines: [
      "portal accepted 1 sign-in that it should reject (1 high)",
      "api accepted 1 sign-in that it should reject (1 high)",
    ],
  },
  {
    name: "a good sign-in may be refused, or never be enough",
    cases: [
      { expected: "accept", decision: "refuse" },
      { expected: "accept", decision: "challenge" },
    ],
    lines: ["portal rejected 2 sign-ins that it should accept"],
  },
  {
    name: "a good sign-in that opens somebody else's session is none that a correct one refuses",
    cases: [{ expected: "accept", as: "forged", severity: "critical" }],
    lines: ["portal opened the session of somebody else in 1 sign-in (1 critical)"],
  },
  {
    name: "access as somebody else where a correct one refuses",
    cases: [{ as: "forged", severity: "critical" }],
    lines: ["portal accepted 1 sign-in that it should reject (1 critical)"],
  },
  {
    name: "access where either is right is told only of somebody else's or nobody's session",
    cases: [
      { orAccept: true, as: "marker" },
      { orAccept: true, as: "forged", severity: "critical" },
      { orAccept: true, severity: "low" },
    ],
    lines: ["portal accepted 2 sign-ins that it should reject (1 critical, 1 low)"],
  },
  {
    name: "a case in which nobody demands a decision",
    cases: [{ expected: "none" }],
    lines: [],
  },
  {
    name: "a failure in which the decision is right, or that is known or not told, is none",
    cases: [
      { decision: "refuse" },
      { expected: "accept", as: "marker" },
      { status: "known" },
      { status: "inconclusive" },
      { status: "error" },
    ],
    lines: [],
  },
])("$name", ({ cases, lines }) => {
  expect(wrongDecisionLines(cases.map(told))).toEqual(lines);
});

test("the worst come first, those alike in the order given", () => {
  const cases = [{}, { severity: "low" }, { severity: "critical" }, { severity: "low", target: "b" }].map(
    told,
  );
  expect(worstFirst(cases).map(({ info }) => `${info.severity} ${info.target}`)).toEqual([
    "critical portal",
    "low portal",
    "low b",
    "undefined portal",
  ]);
});

function eventsOf(cases: readonly CollectedCase[]): readonly RunEvent[] {
  const infos = cases.map(({ info }) => info);
  return [
    { type: "run-start", format: 1, at: 1, plan: "a-plan", rules: [], cases: infos, notRun: 0 },
    ...cases.flatMap(({ info, result }): RunEvent[] =>
      result === undefined ? [] : [{ type: "case-end", id: info.id, result }],
    ),
    { type: "run-end", at: 2, interrupted: false },
  ];
}

function render(name: ReporterName, cases: readonly CollectedCase[]): string {
  const chunks: string[] = [];
  const reporter = reporters[name]({ write: (text) => void chunks.push(text), columns: undefined });
  for (const event of eventsOf(cases)) reporter(event);
  return chunks.join("");
}

const LOW_THEN_FORGED = [told({ severity: "low" }), told({ severity: "critical", as: "forged" })];

test.each(["list", "html", "markdown", "github"] as const)("%s says what was let in", (name) => {
  expect(render(name, LOW_THEN_FORGED).replaceAll("\\", "")).toContain(
    "portal accepted 2 sign-ins that it should reject (1 critical, 1 low)",
  );
});

test.each(["html", "markdown", "github"] as const)("%s names the worst first", (name) => {
  const text = render(name, LOW_THEN_FORGED);
  expect(text.indexOf("critical/protocol/portal")).toBeGreaterThan(0);
  expect(text.indexOf("critical/protocol/portal")).toBeLessThan(text.indexOf("low/protocol/portal"));
});
