import { HarnessError } from "../../errors.ts";
import type { RunEvent } from "../../run/events.ts";
import type { StartedTargets, TargetSettings } from "../../run/start-targets.ts";
import { loadConfig } from "../config.ts";
import { makeExitCode } from "../exit-code.ts";
import { type Interrupt, onInterrupt } from "../interrupt.ts";
import { holdAgainst } from "../listeners.ts";
import { readRecordingFile } from "../recording-file.ts";
import { openReports } from "../reports.ts";
import { readRunRequest, type RunFlags, type RunRequest } from "../run-request.ts";
import { fail, print } from "../terminal.ts";

/** `mfa-harness run`: runs scenarios and writes the reports. @returns the exit code: 0, 1 or 2 */
export async function runCommand(paths: readonly string[], flags: RunFlags): Promise<number> {
  if (flags.flawed === true) {
    const { flawedCommand } = await import("./flawed.ts");
    return await flawedCommand(paths, flags);
  }
  const request = await readRunRequest(paths, flags, await loadConfig(flags.config));
  if (flags.list === true) return list(request);
  using interrupt = onInterrupt();
  const first = await runOnce(request, flags, interrupt);
  if (flags.watch !== true) return first;
  return await runAgain(paths, flags, interrupt);
}

function list({ plan }: RunRequest): number {
  for (const { id, scenario } of plan.cases) print(`${id}  ${scenario.title}\n`);
  print(`${plan.cases.length} cases\n`);
  return 0;
}

/** Runs again whenever a scenario or the configuration changes; a mistake in a file is told, and waited for. */
async function runAgain(paths: readonly string[], flags: RunFlags, interrupt: Interrupt): Promise<number> {
  const { changes } = await import("../watch.ts");
  const { folders } = await readRunRequest(paths, flags, await loadConfig(flags.config));
  print("Watching for changes; Ctrl-C stops.\n");
  let code = 0;
  for await (const path of changes([...folders, flags.config ?? "mfa-harness.yaml"], interrupt.signal)) {
    print(`\n${path} changed\n`);
    code = await runChanged(paths, flags, interrupt);
  }
  return code;
}

async function runChanged(paths: readonly string[], flags: RunFlags, interrupt: Interrupt): Promise<number> {
  try {
    return await runOnce(
      await readRunRequest(paths, flags, await loadConfig(flags.config)),
      flags,
      interrupt,
    );
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    print(`${error.message}\n${error.hint}\n`);
    return 2;
  }
}

/** A run of nothing must not look like one in which everything passed. */
function nothingChosen(notRun: number): HarnessError {
  const hint =
    notRun === 0
      ? "Loosen --grep, --target or the paths; --list shows what they choose."
      : `${notRun} cases are for other transports: choose with --transport.`;
  return new HarnessError("ERR_USAGE", "no case is chosen", hint);
}

type CaseEnd = Extract<RunEvent, { type: "case-end" }>;

/** What an interrupted run has told already. */
async function readEnded({ plan }: RunRequest, file: string | undefined): Promise<readonly CaseEnd[]> {
  if (file === undefined) return [];
  const { start, ends } = await readRecordingFile(file);
  if (start.plan === plan.id) return ends.filter(({ id }) => plan.cases.some((one) => one.id === id));
  const hint = "Resume with the same scenarios, targets, transports, --grep and --seed.";
  throw new HarnessError("ERR_USAGE", `${file} is of another plan than this run`, hint);
}

async function runOnce(request: RunRequest, flags: RunFlags, { signal }: Interrupt): Promise<number> {
  const { heldAgainst, reporters, settings, chosen, folders: _folders, ...options } = request;
  if (chosen === 0) throw nothingChosen(options.notRun);
  const ended = await readEnded(request, flags.resume);
  const exit = makeExitCode();
  const reports = openReports(reporters);
  const onEvent = await holdAgainst(heldAgainst, now(), (event) => {
    exit.count(event);
    reports.onEvent(event);
  });
  // Loaded late: a mistake in a file or a flag is told at once.
  const [{ startTargets }, { run }] = await Promise.all([
    import("../../run/start-targets.ts"),
    import("../../run/run.ts"),
  ]);
  await using running = await startTargets(options.plan.cases, settings);
  const { targets, trust } = running;
  await tellProblems(running, settings, signal);
  try {
    await run({ ...options, ended, targets, trust, signal, now, onEvent });
  } finally {
    for (const path of reports.close()) print(`report: ${path}\n`);
  }
  return exit.code();
}

/** What keeps an app from being tested is told before its first case. */
async function tellProblems(
  { idp, definitions }: StartedTargets,
  settings: TargetSettings,
  signal: AbortSignal,
): Promise<void> {
  if (!Object.values(definitions).some(({ kind }) => kind === "app")) return;
  const [{ examine }, { checkText }] = await Promise.all([
    import("../../doctor/examine.ts"),
    import("../../doctor/check-text.ts"),
  ]);
  const relyingParties = settings.idp.relyingParties ?? [];
  // A browser that does not start says so by itself, with its first case.
  const checks = await examine({ idp, definitions, relyingParties, wantsBrowser: false, signal });
  fail(checkText(checks.filter(({ status }) => status !== "ok")));
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
