import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as after } from "node:timers/promises";
import { HarnessError } from "../../errors.ts";
import type { CommandToStart } from "../definition/app.ts";
import { signalGroup } from "./end-group.ts";
import { keepOutput, type KeptOutput } from "./keep-output.ts";

/** A partner app that the harness started; disposing stops it and everything it started. */
export interface RunningApp extends AsyncDisposable {
  readonly lastLines: () => string;
}

const BETWEEN_LOOKS_MILLISECONDS = 50;
const LONGEST_LOOK_MILLISECONDS = 2000;
const PATIENCE_MILLISECONDS = 3000;

/**
 * Starts a partner app and waits until it answers.
 *
 * @param name of the target, for messages
 * @param environment is added to that of the harness; what the file says wins
 * @throws HarnessError `ERR_TARGET_UNREACHABLE` with what the app wrote, when it does not come up
 */
export async function startApp(
  name: string,
  command: CommandToStart,
  environment: Readonly<Record<string, string>>,
): Promise<RunningApp> {
  if (await answers(command.ready)) throw alreadyThere(name, command.ready);
  const [program = "", ...args] = command.run;
  const child = spawn(program, args, {
    cwd: command.cwd,
    env: { ...process.env, ...environment, ...command.env },
    detached: process.platform !== "win32",
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = keepOutput(child);
  // A harness that ends in a hurry must not leave the app behind.
  const abandon = (): void => signalGroup(child, "SIGKILL");
  process.once("exit", abandon);
  const stop = async (): Promise<void> => {
    process.off("exit", abandon);
    await stopGroup(child);
  };
  try {
    await waitUntilReady(name, command, child, output);
  } catch (error) {
    await stop();
    throw error;
  }
  return { lastLines: output.lastLines, [Symbol.asyncDispose]: stop };
}

async function waitUntilReady(
  name: string,
  { ready, timeoutSeconds, run }: CommandToStart,
  child: ChildProcess,
  output: KeptOutput,
): Promise<void> {
  const up = new AbortController();
  const ended = once(child, "close", { signal: up.signal }).then(
    () => "ended" as const,
    (error: unknown) => (up.signal.aborted ? ("ended" as const) : error),
  );
  const looked = look(ready, AbortSignal.any([up.signal, AbortSignal.timeout(timeoutSeconds * 1000)]));
  const came = await Promise.race([looked, ended]);
  up.abort();
  if (came === "up") return;
  if (came instanceof Error) throw notUp(name, `${run[0]} cannot be started: ${came.message}`, "");
  const how = child.exitCode === null ? String(child.signalCode) : `exit code ${child.exitCode}`;
  const what =
    came === "ended" ? `it ended with ${how}` : `${ready} did not answer within ${timeoutSeconds} s`;
  throw notUp(name, what, `\n${output.lastLines()}`);
}

async function look(url: string, signal: AbortSignal): Promise<"up" | "late"> {
  while (!signal.aborted) {
    if (await answers(url)) return "up";
    await after(BETWEEN_LOOKS_MILLISECONDS, undefined, { signal }).catch(() => undefined);
  }
  return "late";
}

/** An app that answers at all is up, unless it says that it is not. */
async function answers(url: string): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(LONGEST_LOOK_MILLISECONDS);
    const { status, body } = await fetch(url, { redirect: "manual", signal });
    await body?.cancel();
    return status < 500;
  } catch {
    return false;
  }
}

async function stopGroup(child: ChildProcess): Promise<void> {
  const closed = child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
  const end = closed ? Promise.resolve() : once(child, "close");
  signalGroup(child, "SIGTERM");
  const patience = new AbortController();
  const late = after(PATIENCE_MILLISECONDS, "late" as const, { signal: patience.signal }).catch(
    () => "off" as const,
  );
  const how = await Promise.race([end, late]);
  patience.abort();
  // What the app started may outlive it.
  signalGroup(child, "SIGKILL");
  if (how === "late") await end;
}

function alreadyThere(name: string, url: string): HarnessError {
  return notUp(name, `something answers at ${url} already, before it was started`, "", [
    "Stop it, or leave `command` out to test what is running.",
  ]);
}

function notUp(name: string, what: string, output: string, hints: readonly string[] = []): HarnessError {
  const [
    hint = "Try the command by hand, in the same folder; `ready` has to be an address that it answers.",
  ] = hints;
  return new HarnessError("ERR_TARGET_UNREACHABLE", `${name} did not come up: ${what}${output}`, hint);
}
