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
    const wants = groups.map(({ needs, scenarios }) => `${needs} (${scenarios})`).join(", ");
    const what = count === 1 ? "1 scenario" : `${count} scenarios`;
    return { target, text: `${what} skipped. To include ${count === 1 ? "it" : "them"} set ${wants}` };
  });
}

/** The same, a sentence for each target. */
export function leftOutLines(leftOut: readonly LeftOut[]): readonly string[] {
  return leftOutByTarget(leftOut).map(({ target, text }) => `${target}: ${text}`);
}

/** How many cases other transports would add, in words. */
export function otherTransports(count: number): string {
  return count === 1
    ? "1 case skipped: it needs another --transport"
    : `${count} cases skipped: they need another --transport`;
}
