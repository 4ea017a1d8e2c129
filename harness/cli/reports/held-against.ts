import type { RunEvent } from "../../run/events.ts";
import type { InputFile } from "./report-paths.ts";

/** What the events of a run are held against on their way to the reports. */
export interface HeldAgainst {
  /** Path of a baseline file. */
  readonly baseline?: string | undefined;
  /** Path of an earlier run's event stream. */
  readonly compare?: string | undefined;
}

/** The files among these, which no report may overwrite. */
export function heldFiles({ baseline, compare }: HeldAgainst): readonly InputFile[] {
  return [
    ...(baseline === undefined ? [] : [{ what: "the baseline", path: baseline }]),
    ...(compare === undefined ? [] : [{ what: "the event stream to compare with", path: compare }]),
  ];
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
  const compared = compare === undefined ? onEvent : await comparedWith(compare, onEvent);
  return baseline === undefined ? compared : await heldAgainst(baseline, now, compared);
}

type Listener = (event: RunEvent) => void;

// Loaded late: most runs are held against nothing.

async function comparedWith(file: string, onEvent: Listener): Promise<Listener> {
  const [{ withComparison }, { readRecordingFile }] = await Promise.all([
    import("../../baseline/compare-runs.ts"),
    import("./recording-file.ts"),
  ]);
  return withComparison((await readRecordingFile(file)).ends, onEvent);
}

async function heldAgainst(file: string, now: number, onEvent: Listener): Promise<Listener> {
  const [{ withBaseline }, { loadBaseline }] = await Promise.all([
    import("../../baseline/apply.ts"),
    import("../../baseline/baseline.ts"),
  ]);
  return withBaseline(await loadBaseline(file), now, onEvent);
}
