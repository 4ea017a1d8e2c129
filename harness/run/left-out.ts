import { expandCases, type TargetFacts } from "../scenario/expand.ts";
import type { Scenario, Transport } from "../scenario/schema.ts";
import type { LeftOut } from "./events.ts";
import { planCases, type PlanOptions } from "./plan.ts";

/** What a run chooses among. */
export interface Choice extends Pick<PlanOptions, "grep" | "targets"> {
  readonly scenarios: readonly Scenario[];
  readonly facts: readonly TargetFacts[];
  readonly transports: readonly Transport[];
}

/**
 * Counts the scenarios that targets are not taken through although their channel and their transport fit, by what the
 * file would have to say for it; those that most scenarios wait for come first.
 */
export function leftOut({ scenarios, facts, transports, grep, targets }: Choice): readonly LeftOut[] {
  return facts.flatMap(({ needs, ...target }) => {
    if (needs === undefined) return [];
    const { cases } = planCases(expandCases(scenarios, [target], transports), { grep, targets });
    const lacking = new Set(cases.map(({ scenario }) => scenario)).values();
    const groups = Map.groupBy(lacking, (scenario) => needs(scenario).join(" and "));
    return [...groups]
      .filter(([needed]) => needed !== "")
      .map(([needed, { length }]) => ({ target: target.name, needs: needed, scenarios: length }))
      .toSorted((a, b) => b.scenarios - a.scenarios);
  });
}
