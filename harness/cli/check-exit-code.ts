import type { Check } from "../doctor/check.ts";
import { type Ending, exitCodeOf } from "./exit-codes.ts";

/** What is told where not even the targets can be started. */
export const START = "start";

/** The exit code of what was looked at: a failed check keeps a run from telling anything, a doubtful one is open. */
export function checkExitCode(checks: readonly Check[]): number {
  return exitCodeOf(["ok", ...checks.map(endingOf)]);
}

function endingOf({ status, what }: Check): Ending {
  if (status === "fail") return what === START ? "unable" : "failed";
  return status === "warn" ? "undecided" : "ok";
}
