import type { ReadingVerdict, Verdict } from "../verdict.ts";
import type { PlausibleReading } from "./plausible-reading.ts";

/** A plausible reading with what came of it. */
export interface Judged {
  readonly reading: PlausibleReading;
  readonly verdict: Verdict;
}

/** From the worst on. */
const RANKS: readonly Verdict["verdict"][] = [
  "non-compliant",
  "re-authenticate",
  "inconclusive",
  "not-applicable",
  "exempt",
  "compliant",
];

const GOOD: readonly Verdict["verdict"][] = ["compliant", "exempt", "not-applicable"];
const BAD: readonly Verdict["verdict"][] = ["non-compliant", "re-authenticate"];

/**
 * The one verdict of several plausible readings: the worst where all are good, all are bad, or none can be told, and
 * otherwise `inconclusive`: which of them counts has to be said. A guess never makes it better than the worst.
 */
export function settle(judged: readonly [Judged, ...Judged[]]): Verdict {
  const [first, ...others] = judged;
  if (others.length === 0) return first.verdict;
  const worst = others.reduce((each, next) => (rank(next) < rank(each) ? next : each), first);
  const readings = judged.map(summary);
  const agreed = [GOOD, BAD, ["inconclusive"]].some((words) =>
    readings.every(({ verdict }) => words.includes(verdict)),
  );
  if (agreed) return worst.verdict;
  return { ...worst.verdict, verdict: "inconclusive", reason: reasonOf(readings), readings };
}

function rank({ verdict }: Judged): number {
  return RANKS.indexOf(verdict.verdict);
}

function summary({ reading, verdict }: Judged): ReadingVerdict {
  const { artifact, policy, reason } = verdict;
  return { artifact, policy, verdict: verdict.verdict, reason, option: reading.option };
}

function reasonOf(readings: readonly ReadingVerdict[]): string {
  const each = readings.map(({ option, verdict }) => `${verdict} with ${option}`);
  return `Nothing says who reads it, and its readers differ: ${each.join(", ")}. Name the reader.`;
}
