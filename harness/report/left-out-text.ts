import type { LeftOut } from "../run/events.ts";

/** What one target is not taken through. */
export interface LeftOutOfTarget {
  readonly target: string;
  /** How many scenarios, and what its file would have to say for them. */
  readonly text: string;
}

/** Sums up, for each target, what it is not taken through and what would add it. */
export function leftOutByTarget(leftOut: readonly LeftOut[]): readonly LeftOutOfTarget[] {
  return [...Map.groupBy(leftOut, ({ target }) => target)].map(([target, groups]) => {
    const count = groups.reduce((sum, { scenarios }) => sum + scenarios, 0);
    const wants = groups.map(({ needs, scenarios }) => `${scenarios} with ${needs}`).join("; ");
    return { target, text: `${count} more ${count === 1 ? "scenario" : "scenarios"}: ${wants}` };
  });
}

/** The same, a sentence for each target. */
export function leftOutLines(leftOut: readonly LeftOut[]): readonly string[] {
  return leftOutByTarget(leftOut).map(({ target, text }) => `${target} could be taken through ${text}`);
}
