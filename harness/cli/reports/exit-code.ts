import type { RunEvent } from "../../run/events.ts";

/** The exit code of a run, from its events. */
export interface ExitCode {
  readonly count: (event: RunEvent) => void;
  /**
   * 2 when something could not be told or the run was cut short, 1 when a case failed, else 0.
   *
   * @param ofSignal the code of a run that was cut short from outside
   */
  readonly code: (ofSignal?: number) => number;
}

/** Makes the count of a run that has told nothing yet. */
export function makeExitCode(): ExitCode {
  let code = 0;
  let isCut = false;
  return {
    count: (event) => {
      const status = event.type === "case-end" ? event.result.outcome.status : "pass";
      if (status === "fail") code = Math.max(code, 1);
      if (status === "error" || status === "inconclusive") code = 2;
      if (event.type === "run-end") isCut = event.interrupted;
    },
    code: (ofSignal = 2) => (isCut ? ofSignal : code),
  };
}
