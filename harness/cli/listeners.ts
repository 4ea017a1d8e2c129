import { withBaseline } from "../baseline/apply.ts";
import { loadBaseline } from "../baseline/baseline.ts";
import { withComparison } from "../baseline/compare-runs.ts";
import type { RunEvent } from "../run/events.ts";
import { readRecordingFile } from "./recording-file.ts";

/** What the events of a run are held against on their way to the reports. */
export interface HeldAgainst {
  /** Path of a baseline file. */
  readonly baseline?: string | undefined;
  /** Path of an earlier run's event stream. */
  readonly compare?: string | undefined;
}

/**
 * Puts a baseline and an earlier run between a run and its reports; both are read before anything runs.
 *
 * @param now seconds since the epoch
 */
export async function holdAgainst(
  { baseline, compare }: HeldAgainst,
  now: number,
  onEvent: (event: RunEvent) => void,
): Promise<(event: RunEvent) => void> {
  const earlier = compare === undefined ? undefined : await readRecordingFile(compare);
  const compared = earlier === undefined ? onEvent : withComparison(earlier.ends, onEvent);
  return baseline === undefined ? compared : withBaseline(await loadBaseline(baseline), now, compared);
}
