import type { Scenario } from "../scenario/schema.ts";
import type { CoverageList } from "./coverage-list.ts";

/** What of a rule matters here; rules themselves belong to the library. */
export interface RuleTitle {
  readonly id: string;
  readonly title: string;
}

/**
 * The rules of the judge as one more list, and the scenarios with what their expected findings cover of it.
 *
 * @param leftOut why no scenario can break a rule, by rule id
 */
export function ruleCoverage(
  rules: readonly RuleTitle[],
  scenarios: readonly Scenario[],
  leftOut: Readonly<Record<string, string>>,
): { readonly list: CoverageList; readonly scenarios: readonly Scenario[] } {
  const list = {
    name: "rules",
    title: "Rules of the judge",
    source: "mfa-harness rules",
    cases: rules.map(({ id, title }) => ({
      id,
      what: title,
      ...(leftOut[id] === undefined ? {} : { leftOut: leftOut[id] }),
    })),
  };
  const hitting = scenarios.map((scenario) => ({
    ...scenario,
    covers: [...scenario.covers, ...scenario.expect.findings.map((rule) => `rules/${rule}`)],
  }));
  return { list, scenarios: hitting };
}
