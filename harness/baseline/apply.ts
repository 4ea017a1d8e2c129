import type { Outcome, RunEvent } from "../run/events.ts";
import type { Baseline, BaselineEntry } from "./baseline.ts";

function fits(pattern: string, id: string): boolean {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(id);
}

const DAY_SECONDS = 86_400;

/** An entry counts until its last day is over everywhere in UTC. */
function isExpired({ expires }: BaselineEntry, now: number): boolean {
  return now >= Date.parse(`${expires}T00:00:00Z`) / 1000 + DAY_SECONDS;
}

function told({ owner, reason, expires }: BaselineEntry): string {
  return `${reason} (${owner}, until ${expires})`;
}

/** An outcome as it was found: a run that is told again was held against a baseline before. */
export function asFound(outcome: Outcome): Outcome {
  return outcome.asFound ?? outcome;
}

function judged(found: Outcome, entry: BaselineEntry, now: number): Outcome {
  const said = saidOf(found, entry, now);
  return said === found ? found : { ...said, asFound: found };
}

function saidOf(outcome: Outcome, entry: BaselineEntry, now: number): Outcome {
  const { status, differences } = outcome;
  if (isExpired(entry, now)) {
    return status === "pass"
      ? outcome
      : { status, differences: [`the baseline no longer covers it: ${told(entry)}`, ...differences] };
  }
  if (status === "fail") return { status: "known", differences: [`known: ${told(entry)}`, ...differences] };
  if (status !== "pass") return outcome;
  return {
    status: "fail",
    differences: [`passes, though the baseline says that it fails: ${told(entry)}; take it out`],
  };
}

function staleNotes(baseline: Baseline, ids: readonly string[]): readonly string[] {
  return baseline
    .filter((entry) => !ids.some((id) => fits(entry.case, id)))
    .map((entry) => `the baseline names ${entry.case}, and no case of this run is called so`);
}

/**
 * Holds a run against a baseline: a known failure becomes `known`, an expired one stays a failure, a case that passes
 * although it is listed fails, and an entry that fits no case is noted at the end.
 *
 * @param now seconds since the epoch
 * @returns the function that takes the events of the run
 */
export function withBaseline(
  baseline: Baseline,
  now: number,
  onEvent: (event: RunEvent) => void,
): (event: RunEvent) => void {
  let ids: readonly string[] = [];
  return (event) => {
    if (event.type === "run-start") ids = event.cases.map(({ id }) => id);
    if (event.type === "run-end") {
      onEvent({ ...event, notes: [...(event.notes ?? []), ...staleNotes(baseline, ids)] });
      return;
    }
    if (event.type !== "case-end") {
      onEvent(event);
      return;
    }
    const { result } = event;
    const found = asFound(result.outcome);
    const entry = baseline.find((one) => fits(one.case, event.id));
    const outcome = entry === undefined ? found : judged(found, entry, now);
    onEvent({ ...event, result: { ...result, outcome } });
  };
}
