import type { RunEvent } from "../run/events.ts";

/** Where a report goes: the terminal, a pipe, or a file that is written when the run ends. */
export interface Output {
  readonly write: (text: string) => void;
  /** Columns of the terminal; undefined when it is not one, then nothing is redrawn or coloured. */
  readonly columns: number | undefined;
  /** The file it goes to, from which other files are linked; absent: it goes to none. */
  readonly path?: string;
}

/** A rendering of a run: takes each event in order and writes to its output. */
type Reporter = (event: RunEvent) => void;

/** Makes a reporter for one output. */
export type CreateReporter = (output: Output) => Reporter;
