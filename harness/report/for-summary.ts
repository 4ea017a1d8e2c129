import type { RunEvent } from "../run/events.ts";

/**
 * An event with no more of a case than the summary table shows: whoever has written its details already need not keep
 * them until the run ends.
 */
export function forSummary(event: RunEvent): RunEvent {
  if (event.type !== "case-end") return event;
  const { outcome, observation, verdict, durationMilliseconds } = event.result;
  const as = observation?.as === undefined ? {} : { as: observation.as };
  return {
    ...event,
    result: {
      outcome: { status: outcome.status, differences: [] },
      observation: observation && { decision: observation.decision, ...as, signals: [], exchanges: [] },
      verdict: verdict && { ...verdict, findings: [], evidence: undefined, unchecked: [] },
      durationMilliseconds,
    },
  };
}
