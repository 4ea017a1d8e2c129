import type { CaseEnd, CaseResult, RunEvent } from "../run/events.ts";

/** What of a finished case is compared from run to run; times are not. */
interface Standing {
  readonly status: string;
  readonly verdict: string;
  readonly decision: string;
  readonly findings: string;
}

function standingOf({ outcome, verdict, observation }: CaseResult): Standing {
  const rules = verdict?.findings.map(({ rule }) => rule) ?? [];
  return {
    status: outcome.status,
    verdict: verdict?.verdict ?? "none",
    decision: observation?.decision ?? "none",
    findings: [...new Set(rules)].toSorted().join(", ") || "none",
  };
}

const MEMBERS = ["status", "verdict", "decision", "findings"] as const;

function difference(id: string, before: Standing, after: Standing): readonly string[] {
  const changed = MEMBERS.filter((member) => before[member] !== after[member]);
  if (changed.length === 0) return [];
  const words = changed.map((member) => `${member} ${before[member]} → ${after[member]}`).join(", ");
  const isOther = before.status === "skip" || after.status === "skip";
  if (before.status !== "pass" && after.status === "pass" && !isOther) return [`fixed: ${id}: ${words}`];
  // What was skipped and fails now is new, too.
  const wasWell = before.status === "pass" || before.status === "skip";
  const isWell = after.status === "pass" || after.status === "skip";
  if (wasWell && !isWell) return [`new failure: ${id}: ${words}`];
  return [`changed: ${id}: ${words}`];
}

/**
 * Compares a run with an earlier one and notes at its end what is new, fixed, changed, added and gone.
 *
 * @param earlier the ends of the earlier run's cases
 * @returns the function that takes the events of the run
 */
export function withComparison(
  earlier: readonly CaseEnd[],
  onEvent: (event: RunEvent) => void,
): (event: RunEvent) => void {
  const before = new Map(earlier.map(({ id, result }) => [id, standingOf(result)]));
  const seen = new Set<string>();
  const notes: string[] = [];
  return (event) => {
    if (event.type === "case-end") {
      const known = before.get(event.id);
      const now = standingOf(event.result);
      notes.push(
        ...(known === undefined ? [`added: ${event.id}: ${now.status}`] : difference(event.id, known, now)),
      );
      seen.add(event.id);
    }
    if (event.type !== "run-end") {
      onEvent(event);
      return;
    }
    const gone = [...before.keys()].filter((id) => !seen.has(id)).map((id) => `gone: ${id}`);
    onEvent({ ...event, notes: [...(event.notes ?? []), ...notes.toSorted(), ...gone] });
  };
}
