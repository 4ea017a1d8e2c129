import { expect, test } from "vitest";
import type { CoverageList } from "../../../harness/coverage/coverage-list.ts";
import { measureCoverage, unknownCases } from "../../../harness/coverage/ledger.ts";
import { ruleCoverage } from "../../../harness/coverage/rule-coverage.ts";
import { type Scenario, scenarioSchema } from "../../../harness/scenario/schema.ts";

const list: CoverageList = {
  name: "suite",
  title: "A suite",
  source: "somewhere",
  cases: [
    { id: "1", what: "one" },
    { id: "2", what: "two", leftOut: "nobody can" },
    { id: "3", what: "three" },
  ],
};

function scenario(id: string, covers: readonly string[], findings: readonly string[] = []): Scenario {
  return scenarioSchema.parse({
    id,
    title: "t",
    why: "w",
    references: ["r"],
    covers,
    emission: { channel: "oidc", profile: "password-only" },
    transport: ["direct"],
    expect: { verdict: "non-compliant", findings },
  });
}

test("a case is covered when a scenario names it, else left out with its reason, else missing", () => {
  const scenarios = [scenario("a", ["suite/1"]), scenario("b", ["suite/1", "other/3"])];
  expect(measureCoverage([list], scenarios)).toEqual([
    {
      list,
      covered: [{ id: "1", what: "one", scenarios: ["a", "b"] }],
      leftOut: [{ id: "2", what: "two", leftOut: "nobody can" }],
      missing: [{ id: "3", what: "three" }],
    },
  ]);
  expect(unknownCases([list], scenarios)).toEqual([{ scenario: "b", place: "other/3" }]);
});

test("what is covered after all is not left out", () => {
  const [line] = measureCoverage([list], [scenario("a", ["suite/2"])]);
  expect(line?.covered.map(({ id }) => id)).toEqual(["2"]);
  expect(line?.leftOut).toEqual([]);
});

test("a rule is covered by the findings that scenarios expect", () => {
  const rules = [
    { id: "x.y", title: "x" },
    { id: "x.z", title: "z" },
  ];
  const ours = ruleCoverage(rules, [scenario("a", [], ["x.y"])], { "x.z": "no IdP can" });
  const [line] = measureCoverage([ours.list], ours.scenarios);
  expect(line?.covered).toEqual([{ id: "x.y", what: "x", scenarios: ["a"] }]);
  expect(line?.leftOut).toEqual([{ id: "x.z", what: "z", leftOut: "no IdP can" }]);
});
