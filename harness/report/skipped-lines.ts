import type { CollectedCase } from "./collect.ts";

/** Why cases were skipped: a sentence for each target and reason, however many cases share it. */
export function skippedLines(cases: readonly CollectedCase[]): readonly string[] {
  const skipped = cases.flatMap(({ info, result }) =>
    result?.outcome.status === "skip"
      ? [{ target: info.target, why: result.outcome.differences.join("; ") }]
      : [],
  );
  const groups = Map.groupBy(skipped, ({ target, why }) => `${target}\n${why}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const count = group.length === 1 ? "1 case" : `${group.length} cases`;
    return [`${first.target}: ${count} skipped: ${first.why}`];
  });
}
