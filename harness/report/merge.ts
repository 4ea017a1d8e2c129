import type { Recording } from "./replay.ts";

/** Why recordings are not the shards of one run, in one sentence. */
export interface MergeProblem {
  readonly problem: string;
}

function shardProblem(recordings: readonly Recording[]): string | undefined {
  const plans = new Set(recordings.map(({ start }) => start.plan));
  if (plans.size > 1) return "the runs are of different plans: other scenarios, targets or transports";
  const counts = new Set(recordings.map(({ start }) => start.shard?.count));
  const [count] = counts;
  if (counts.size > 1 || count === undefined)
    return "several runs can be merged only if each is a shard of one";
  const indexes = recordings.map(({ start }) => start.shard?.index);
  const twice = indexes.find((index, place) => indexes.indexOf(index) !== place);
  if (twice !== undefined) return `shard ${twice}/${count} is there twice`;
  const missing = Array.from({ length: count }, (_, index) => index + 1).filter(
    (one) => !indexes.includes(one),
  );
  return missing.length === 0 ? undefined : `of ${count} shards, ${missing.join(", ")} is missing`;
}

/**
 * Puts the shards of one run together: its cases in the order of the plan, as if one run had run them.
 *
 * @param recordings one run, or every shard of one, in any order
 */
export function mergeRecordings(recordings: readonly Recording[]): Recording | MergeProblem {
  const [first, ...others] = recordings;
  if (first === undefined) return { problem: "there is no run to report" };
  if (others.length === 0) return first;
  const problem = shardProblem(recordings);
  if (problem !== undefined) return { problem };
  const sorted = recordings.toSorted((a, b) => (a.start.shard?.index ?? 0) - (b.start.shard?.index ?? 0));
  const { shard: _shard, ...start } = first.start;
  const ends = recordings.flatMap(({ end }) => (end === undefined ? [] : [end]));
  return {
    start: {
      ...start,
      at: Math.min(...recordings.map((one) => one.start.at)),
      cases: interleave(sorted.map((one) => one.start.cases)),
    },
    ends: recordings.flatMap((one) => one.ends),
    end: {
      type: "run-end",
      at: Math.max(first.start.at, ...ends.map(({ at }) => at)),
      interrupted: ends.length < recordings.length || ends.some(({ interrupted }) => interrupted),
    },
  };
}

/** A shard takes every n-th case, so the plan is found again by taking one of each in turn. */
function interleave<Value>(lists: readonly (readonly Value[])[]): readonly Value[] {
  const longest = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, index) =>
    lists.flatMap((list) => list.slice(index, index + 1)),
  ).flat();
}
