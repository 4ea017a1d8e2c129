import type { Scenario } from "../scenario/schema.ts";
import type { CoverageCase, CoverageList } from "./coverage-list.ts";

/** How the scenarios stand against one list. */
export interface CoverageLine {
  readonly list: CoverageList;
  /** Cases that a scenario names, with the ids of those scenarios. */
  readonly covered: readonly (CoverageCase & { readonly scenarios: readonly string[] })[];
  /** Cases that no scenario can cover, with the reason. */
  readonly leftOut: readonly (CoverageCase & { readonly leftOut: string })[];
  /** Cases that a scenario should cover and none does. */
  readonly missing: readonly CoverageCase[];
}

/** Ids of the scenarios that name a case, by `<list>/<id>`. */
function scenariosByCase(scenarios: readonly Scenario[]): ReadonlyMap<string, readonly string[]> {
  const named = scenarios.flatMap(({ id, covers }) => covers.map((place) => ({ place, id })));
  return new Map(
    [...Map.groupBy(named, ({ place }) => place)].map(([place, found]) => [place, found.map(({ id }) => id)]),
  );
}

function lineOf(list: CoverageList, byCase: ReadonlyMap<string, readonly string[]>): CoverageLine {
  const scenariosOf = (id: string): readonly string[] => byCase.get(`${list.name}/${id}`) ?? [];
  const without = list.cases.filter(({ id }) => scenariosOf(id).length === 0);
  return {
    list,
    covered: list.cases
      .filter(({ id }) => scenariosOf(id).length > 0)
      .map((one) => ({ ...one, scenarios: scenariosOf(one.id) })),
    leftOut: without.flatMap(({ leftOut, ...one }) => (leftOut === undefined ? [] : [{ ...one, leftOut }])),
    missing: without.filter(({ leftOut }) => leftOut === undefined),
  };
}

/** Measures scenarios against lists, by what the scenarios themselves say that they cover. */
export function measureCoverage(
  lists: readonly CoverageList[],
  scenarios: readonly Scenario[],
): readonly CoverageLine[] {
  const byCase = scenariosByCase(scenarios);
  return lists.map((list) => lineOf(list, byCase));
}

/** Every `<list>/<id>` that a scenario names although no list has it, with the scenario. */
export function unknownCases(
  lists: readonly CoverageList[],
  scenarios: readonly Scenario[],
): readonly { readonly scenario: string; readonly place: string }[] {
  const known = new Set(lists.flatMap(({ name, cases }) => cases.map(({ id }) => `${name}/${id}`)));
  return scenarios.flatMap(({ id, covers }) =>
    covers.filter((place) => !known.has(place)).map((place) => ({ scenario: id, place })),
  );
}
