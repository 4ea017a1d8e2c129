import { expect, test } from "vitest";
import type { CollectedCase } from "../../../harness/report/collect.ts";
import { channelTables, sideBySide } from "../../../harness/report/side-by-side.ts";
import type { MatcherAnswers } from "../../../src/index.ts";
import { INTERRUPTED_RUN } from "../../support/run-events.ts";

function cases(...answers: readonly MatcherAnswers[]): readonly CollectedCase[] {
  const start = INTERRUPTED_RUN.find((event) => event.type === "run-start");
  const end = INTERRUPTED_RUN.find((event) => event.type === "case-end");
  const info = start?.cases[0];
  const verdict = end?.result.verdict;
  if (info === undefined || end === undefined || verdict === undefined) return [];
  return answers.map((matchers) => ({ info, result: { ...end.result, verdict: { ...verdict, matchers } } }));
}

test.each([
  { what: "agree", answers: [{ strict: "pass" }, { strict: "pass" }], row: { strict: "pass" } },
  { what: "differ", answers: [{ strict: "pass" }, { strict: "fail" }], row: { strict: "pass|fail" } },
  {
    what: "answer in one case only",
    answers: [{ strict: "fail" }, { "entra-saml": "pass" }],
    row: { strict: "fail", "entra-saml": "pass" },
  },
  { what: "answer in none", answers: [{}, {}], row: {} },
] as const)("readers that $what", ({ answers, row }) => {
  expect(sideBySide(cases(...answers)).map(({ matchers }) => matchers)).toEqual([row]);
});

test.each([
  { target: "library", columns: [] },
  { target: "tool", columns: ["tool"] },
  { target: "an-api", columns: ["an-api"] },
])("a case that is handed to $target has the columns $columns", ({ target, columns }) => {
  const handed = cases({}).map(({ info, ...one }): CollectedCase => {
    return { ...one, info: { ...info, transport: "direct", target } };
  });
  expect(channelTables(handed).map(({ partnerApps }) => partnerApps)).toEqual([columns]);
});
