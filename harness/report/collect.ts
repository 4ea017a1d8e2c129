import type { CaseInfo, CaseResult, LeftOut, RunEvent, RunStart } from "../run/events.ts";
import type { Counts } from "./status.ts";

/** A case and what came of it; no result when the run ended before it. */
export interface CollectedCase {
  readonly info: CaseInfo;
  readonly result: CaseResult | undefined;
}

/** A whole run as one value. Times are seconds since the epoch. */
export interface CollectedRun {
  readonly startedAt: number;
  readonly endedAt: number;
  readonly interrupted: boolean;
  /** Cases that the chosen transports left out. */
  readonly notRun: number;
  /** Scenarios that targets are not taken through. */
  readonly leftOut: readonly LeftOut[];
  readonly cases: readonly CollectedCase[];
  /** What a baseline or an earlier run has to say, a sentence each. */
  readonly notes: readonly string[];
}

/** Returns a fold over run events that hands over the whole run when it ends. */
export function collect(onEnd: (run: CollectedRun) => void): (event: RunEvent) => void {
  let start: RunStart | undefined;
  const results = new Map<string, CaseResult>();
  return (event) => {
    if (event.type === "run-start") start = event;
    if (event.type === "case-end") results.set(event.id, event.result);
    if (event.type !== "run-end" || start === undefined) return;
    const cases = start.cases.map((info) => ({ info, result: results.get(info.id) }));
    const { at: startedAt, notRun, leftOut = [] } = start;
    onEnd({
      startedAt,
      endedAt: event.at,
      interrupted: event.interrupted,
      notRun,
      leftOut,
      cases,
      notes: event.notes ?? [],
    });
  };
}

/** Counts the cases of a run by how they ended. */
export function countCases(cases: readonly CollectedCase[]): Counts {
  const counts = { pass: 0, known: 0, fail: 0, error: 0, inconclusive: 0, skip: 0, pending: 0 };
  for (const { result } of cases) counts[result?.outcome.status ?? "pending"] += 1;
  return counts;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

/** How much was run, in words, e.g. `4 cases of 3 scenarios`. */
export function extentWords(cases: readonly CollectedCase[]): string {
  const scenarios = new Set(cases.map(({ info }) => info.scenario)).size;
  return `${counted(cases.length, "case")} of ${counted(scenarios, "scenario")}`;
}
