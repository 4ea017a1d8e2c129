import { HarnessError } from "../../errors.ts";
import { leftOutLines, otherTransports } from "../../report/left-out-text.ts";
import { jsonText, printable } from "../../report/printable.ts";
import { caseInfo } from "../../run/case-info.ts";
import type { StartedTargets, TargetSettings } from "../../run/start-targets.ts";
import { loadConfig } from "../config/config.ts";
import { acceptedByDoctor } from "../doctor-memory.ts";
import { exitCodeOf } from "../exit-codes.ts";
import { makeEvidenceNote } from "../run/evidence-note.ts";
import { makeExitCode } from "../reports/exit-code.ts";
import { type Interrupt, onInterrupt } from "../interrupt.ts";
import { holdAgainst } from "../reports/held-against.ts";
import { openReports } from "../reports/reports.ts";
import { readEnded } from "../run/resume.ts";
import { readRunRequest, type RunFlags, type RunRequest } from "../run/run-request.ts";
import { fail, print } from "../terminal.ts";

/**
 * `mfa-harness run`: runs scenarios and writes the reports.
 *
 * @returns the exit code of what its cases came to, or of the signal that cut it short
 */
export async function runCommand(paths: readonly string[], flags: RunFlags): Promise<number> {
  if (flags.flawed === true) {
    const { flawedCommand } = await import("./flawed.ts");
    return await flawedCommand(paths, flags);
  }
  const request = await readRunRequest(paths, flags, await loadConfig(flags.config));
  if (flags.list === true) return list(request, flags);
  using interrupt = onInterrupt();
  return flags.watch === true
    ? await runAndWatch(paths, flags, request, interrupt)
    : await runOnce(request, flags, interrupt);
}

/** For people; for programs, a line of JSON for each case. */
function list({ plan, leftOut }: RunRequest, { reporter = [] }: RunFlags): number {
  if (reporter.includes("jsonl")) {
    for (const one of plan.cases) print(`${jsonText(caseInfo(one))}\n`);
    return 0;
  }
  for (const { id, scenario } of plan.cases) print(`${printable(`${id}  ${scenario.title}`)}\n`);
  print(`${plan.cases.length} cases\n`);
  for (const line of leftOutLines(leftOut)) print(`${line}\n`);
  return 0;
}

/** Runs, and again whenever a scenario or the configuration changes; a mistake in a file is told, and waited for. */
async function runAndWatch(
  paths: readonly string[],
  flags: RunFlags,
  { folders }: RunRequest,
  interrupt: Interrupt,
): Promise<number> {
  const { changes } = await import("../run/watch.ts");
  // What changes during a run counts, too.
  const changed = changes([...folders, flags.config ?? "mfa-harness.yaml"], interrupt.signal);
  let code = await runAsItStands(paths, flags, interrupt);
  if (!interrupt.signal.aborted) print("Watching for changes; Ctrl-C stops.\n");
  // Once is enough: apps have fetched the new keys by then.
  const { freshKeys: _freshKeys, ...later } = flags;
  for await (const path of changed) {
    print(`\n${path} changed\n`);
    code = await runAsItStands(paths, later, interrupt);
  }
  return code;
}

async function runAsItStands(
  paths: readonly string[],
  flags: RunFlags,
  interrupt: Interrupt,
): Promise<number> {
  try {
    const request = await readRunRequest(paths, flags, await loadConfig(flags.config));
    return await runOnce(request, flags, interrupt);
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    print(`${error.message}\n${error.hint}\n`);
    return exitCodeOf(["unable"]);
  }
}

/** A run of nothing must not look like one in which everything passed. */
function nothingChosen({ notRun, leftOut }: Pick<RunRequest, "notRun" | "leftOut">): HarnessError {
  const others = notRun === 0 ? [] : [otherTransports(notRun)];
  const hints = [...others, ...leftOutLines(leftOut)];
  const loosen = "Loosen --grep, --target or the paths; --list shows what they choose.";
  return new HarnessError("ERR_USAGE", "no case is chosen", hints.length === 0 ? loosen : hints.join("\n"));
}

async function runOnce(request: RunRequest, flags: RunFlags, interrupt: Interrupt): Promise<number> {
  const { heldAgainst, reporters, settings, chosen, inputs, folders: _folders, ...options } = request;
  const { signal } = interrupt;
  if (chosen === 0) throw nothingChosen(options);
  const ended = await readEnded(request, flags.resume);
  const exit = makeExitCode();
  const kept = makeEvidenceNote();
  const reports = openReports(reporters, ended.length, inputs);
  const onEvent = await holdAgainst(heldAgainst, now(), (event) => {
    exit.count(event);
    kept.note(event);
    reports.onEvent(event);
  });
  // Loaded late: a mistake in a file or a flag is told at once.
  const [{ startTargets }, { run }] = await Promise.all([
    import("../../run/start-targets.ts"),
    import("../../run/run.ts"),
  ]);
  const isEnough = (): boolean => flags.failFast === true && exit.code() > 0;
  try {
    await using running = await startTargets(options.plan.cases, settings, signal);
    const { targets, trust } = running;
    await tellProblems(running, settings, signal);
    const acceptedBefore = await acceptedByDoctor();
    await run({ ...options, ended, targets, trust, signal, now, onEvent, isEnough, acceptedBefore });
  } catch (error) {
    if (!isInterruption(error, signal)) throw error;
    fail("interrupted before the first case\n");
    return interrupt.exitCode() ?? exitCodeOf(["unable"]);
  } finally {
    for (const path of reports.close()) print(`report: ${path}\n`);
    print(kept.text());
  }
  return exit.code(interrupt.exitCode());
}

/** Whoever waited for an app, or looked at one, and was told to stop. */
function isInterruption(error: unknown, { aborted, reason }: AbortSignal): boolean {
  return aborted && (error === reason || (error instanceof Error && error.name === "AbortError"));
}

/** What keeps an app from being tested is told before its first case. */
async function tellProblems(
  { idp, definitions, down }: StartedTargets,
  settings: TargetSettings,
  signal: AbortSignal,
): Promise<void> {
  if (down.size === 0 && !Object.values(definitions).some(({ kind }) => kind === "app")) return;
  const [{ examine }, { checkText }] = await Promise.all([
    import("../../doctor/examine.ts"),
    import("../../doctor/check-text.ts"),
  ]);
  const relyingParties = settings.idp.relyingParties ?? [];
  // A browser that does not start says so by itself, with its first case.
  const started = { idp, definitions, down, relyingParties };
  const { tell, longestSeconds } = settings;
  const checks = await examine({ ...started, wantsBrowser: false, signal, tell, longestSeconds });
  fail(checkText(checks.filter(({ status }) => status !== "ok")));
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
