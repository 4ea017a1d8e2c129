import type { RunEvent } from "../../run/events.ts";
import { type Ending, exitCodeOf } from "../exit-codes.ts";

/** The exit code of a run, from its events. */
export interface ExitCode {
  readonly count: (event: RunEvent) => void;
  /**
   * That of what the cases came to; of a run that was cut short, that of a command that could not do its work.
   *
   * @param ofSignal the code of a run that was cut short from outside
   */
  readonly code: (ofSignal?: number) => number;
}

/** Makes the count of a run that has told nothing yet. */
export function makeExitCode(): ExitCode {
  const endings = new Set<Ending>(["ok"]);
  let isCut = false;
  return {
    count: (event) => {
      if (event.type === "case-end") endings.add(endingOf(event.result.outcome.status));
      if (event.type === "run-end") isCut = event.interrupted;
    },
    code: (ofSignal = exitCodeOf(["unable"])) => (isCut ? ofSignal : exitCodeOf([...endings])),
  };
}

/** A known failure is none. */
function endingOf(status: string): Ending {
  if (status === "fail") return "failed";
  return status === "error" || status === "inconclusive" ? "undecided" : "ok";
}
