import { rules } from "../../src/index.ts";
import { type CoverageLine, measureCoverage } from "../coverage/ledger.ts";
import { COVERAGE_LISTS } from "../coverage/lists.ts";
import { ruleCoverage } from "../coverage/rule-coverage.ts";
import { RULES_LEFT_OUT } from "../coverage/rules-left-out.ts";
import type { Scenario } from "../scenario/schema.ts";

/** Measures scenarios against every list and against the rules of the judge. */
export function coverageOf(scenarios: readonly Scenario[]): readonly CoverageLine[] {
  const ours = ruleCoverage(rules, scenarios, RULES_LEFT_OUT);
  return [...measureCoverage(COVERAGE_LISTS, scenarios), ...measureCoverage([ours.list], ours.scenarios)];
}
