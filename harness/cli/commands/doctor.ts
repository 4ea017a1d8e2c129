import { type Check, broken, fine } from "../../doctor/check.ts";
import { checkText } from "../../doctor/check-text.ts";
import { HarnessError } from "../../errors.ts";
import { leftOutByTarget, type LeftOutOfTarget } from "../../report/left-out-text.ts";
import { jsonText } from "../../report/printable.ts";
import { loadConfig } from "../config/config.ts";
import { checkExitCode, START } from "../check-exit-code.ts";
import { exitCodeOf } from "../exit-codes.ts";
import { noteAccepted } from "../doctor-memory.ts";
import { onInterrupt } from "../interrupt.ts";
import { readRunRequest, type RunRequest } from "../run/run-request.ts";
import { fail, print } from "../terminal.ts";

/** Flags of `mfa-harness doctor`, as parsed. */
export interface DoctorFlags {
  readonly config?: string;
  readonly transport?: readonly string[];
  readonly target?: readonly string[];
  readonly freshKeys?: true;
  readonly json?: boolean;
}

/**
 * `mfa-harness doctor`: starts what a run would start and looks whether it can tell anything.
 *
 * @returns the exit code: something failed where no run can tell anything, is undecided where it is doubtful;
 *   that of the signal when interrupted
 */
export async function doctorCommand(flags: DoctorFlags): Promise<number> {
  const request = await readRunRequest([], flags, await loadConfig(flags.config));
  using interrupt = onInterrupt();
  const checks = await diagnose(request, interrupt.signal).catch((error: unknown) => {
    if (!interrupt.signal.aborted) throw error;
    return undefined;
  });
  if (checks === undefined) {
    fail("interrupted\n");
    return interrupt.exitCode() ?? exitCodeOf(["unable"]);
  }
  await noteAccepted(
    checks.flatMap(({ accepted }) => accepted ?? []),
    new Date(),
  );
  print(flags.json === true ? `${jsonText(checks, 2)}\n` : checkText(checks));
  return checkExitCode(checks);
}

/** Nothing is wrong with an app that has no page for something; but whoever reads this has to know. */
function leftOutCheck({ target, text }: LeftOutOfTarget): Check {
  return fine(`${target}: scenarios`, text);
}

/** What cannot even be started is a finding, too. */
async function diagnose(
  { plan, settings, leftOut }: RunRequest,
  signal: AbortSignal,
): Promise<readonly Check[]> {
  const [{ startTargets }, { examine }] = await Promise.all([
    import("../../run/start-targets.ts"),
    import("../../doctor/examine.ts"),
  ]);
  try {
    await using running = await startTargets(plan.cases, settings, signal);
    const examined = await examine({
      idp: running.idp,
      definitions: running.definitions,
      down: running.down,
      tell: settings.tell,
      longestSeconds: settings.longestSeconds,
      relyingParties: settings.idp.relyingParties ?? [],
      wantsBrowser: plan.cases.some(({ transport }) => transport === "browser"),
      signal,
    });
    return [...examined, ...leftOutByTarget(leftOut).map(leftOutCheck)];
  } catch (error) {
    if (error instanceof HarnessError) return [broken(START, error.message, error.hint)];
    throw error;
  }
}
