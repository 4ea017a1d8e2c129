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

/** Counts in words, e.g. `12 passed, 0 failed, 1 could not be told`; what did not happen is left out but for failures. */
export function countWords(counts: Counts): readonly { readonly status: Status; readonly words: string }[] {
  const words = [
    { status: "pass", words: `${counts.pass} passed`, always: true },
    { status: "fail", words: `${counts.fail} failed`, always: true },
    { status: "known", words: `${counts.known} failed as the baseline says`, always: false },
    { status: "error", words: `${counts.error} could not be told`, always: false },
    { status: "inconclusive", words: `${counts.inconclusive} inconclusive`, always: false },
    { status: "skip", words: `${counts.skip} skipped`, always: false },
  ] as const;
  return words.filter(({ status, always }) => always || counts[status] > 0);
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
  known: "failed as the baseline says",
  fail: "failed",
  error: "could not be told",
  inconclusive: "inconclusive",
  skip: "skipped",
  pending: "not run",
};

/** The tone in which a page says it. */
export function toneOf(status: Status): "good" | "bad" | "warn" {
  if (status === "pass") return "good";
  return status === "fail" ? "bad" : "warn";
}
