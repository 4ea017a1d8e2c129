import type { Outcome } from "../run/events.ts";

/** How a case stands in a report; `pending`: the run ended before it. */
export type Status = Outcome["status"] | "pending";

/** From what needs a person first to what needs none. */
export const STATUSES = ["error", "inconclusive", "fail", "pending", "known", "skip", "pass"] as const;

/** Statuses of a case that ended and that somebody has to look at. */
const AMISS: readonly Status[] = ["fail", "error", "inconclusive"];

/** Whether a case ended in a way that somebody has to look at. */
export function isAmiss(status: Status | undefined): boolean {
  return status !== undefined && AMISS.includes(status);
}

/** How many cases stand how. */
export type Counts = Readonly<Record<Status, number>>;

/** Counts in words, e.g. `12 passed, 0 failed, 1 undecided`; what did not happen is left out but for failures. */
export function countWords(counts: Counts): readonly CountWords[] {
  const known = `known issue${counts.known === 1 ? "" : "s"}`;
  const words = [
    { status: "pass", count: counts.pass, word: "passed", always: true },
    { status: "fail", count: counts.fail, word: "failed", always: true },
    { status: "known", count: counts.known, word: known, always: false },
    { status: "inconclusive", count: undecided(counts), word: "undecided", always: false },
    { status: "skip", count: counts.skip, word: "skipped", always: false },
  ] as const;
  return words
    .filter(({ count, always }) => always || count > 0)
    .map(({ status, count, word }) => ({ status, count, words: `${count} ${word}` }));
}

/** Whether nothing could be seen or what was seen proves nothing: both are one word to a reader, each case has its reason. */
function undecided({ error, inconclusive }: Counts): number {
  return error + inconclusive;
}

/** One count in words. */
export interface CountWords {
  /** One of the statuses that were counted. */
  readonly status: Status;
  readonly count: number;
  readonly words: string;
}

/** How a status is marked in a table of text. */
export const MARKS: Readonly<Record<Status, string>> = {
  pass: "ok",
  known: "known",
  fail: "FAIL",
  error: "ERR",
  inconclusive: "?",
  skip: "skip",
  pending: "-",
};

/** How a status is told of one case. */
export const STATUS_WORDS: Readonly<Record<Status, string>> = {
  pass: "passed",
  known: "known issue",
  fail: "failed",
  error: "undecided",
  inconclusive: "undecided",
  skip: "skipped",
  pending: "not run",
};

/** The tone in which a page says it. */
export function toneOf(status: Status): "good" | "bad" | "warn" {
  if (status === "pass") return "good";
  return status === "fail" ? "bad" : "warn";
}
