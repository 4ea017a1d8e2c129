import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { setTimeout as after } from "node:timers/promises";
import { HarnessError } from "../../errors.ts";
import type { CommandToStart } from "../definition/started.ts";
import { endWithHarness, signalGroup } from "./end-group.ts";
import { keepOutput, type KeptOutput } from "./keep-output.ts";

/** A partner app that the harness started; disposing stops it and everything it started. */
export interface RunningApp extends AsyncDisposable {
  /** How it ended by itself, and what it wrote last; undefined: it is running. */
  readonly end: () => string | undefined;
  /** Calls a function once the app has ended by itself. @returns takes that back */
  readonly onEnd: (listener: () => void) => () => void;
}

/** What an app is started with. */
export interface StartOptions {
  /** Added to the environment of the harness; what the command says wins. */
  readonly environment: Readonly<Record<string, string>>;
  /** Ends the waiting for an app that does not come up. */
  readonly signal?: AbortSignal | undefined;
  /** Is told what is waited for, where it takes its time. */
  readonly tell?: ((line: string) => void) | undefined;
}

const BETWEEN_LOOKS_MILLISECONDS = 50;
const LONGEST_LOOK_MILLISECONDS = 2000;
const PATIENCE_MILLISECONDS = 3000;
const WORTH_A_LINE_MILLISECONDS = 2000;

/** Whoever left its group may hold the output of a program open for ever. */
const LONGEST_CLOSE_MILLISECONDS = 1000;

/**
 * Starts a partner app and waits until it answers.
 *
 * @param name of the target, for messages
 * @throws HarnessError `ERR_TARGET_UNREACHABLE` with what the app wrote, when it does not come up
 */
export async function startApp(
  name: string,
  command: CommandToStart,
  { environment, signal, tell = () => undefined }: StartOptions,
): Promise<RunningApp> {
  if (await answers(command.ready)) throw alreadyThere(name, command.ready);
  signal?.throwIfAborted();
  const [program = "", ...args] = command.run;
  const child = spawn(program, args, {
    cwd: command.cwd,
    env: { ...process.env, ...environment, ...command.env },
    detached: process.platform !== "win32",
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = keepOutput(child);
  const release = endWithHarness(child);
  const stop = async (): Promise<void> => {
    await stopGroup(child);
    release();
  };
  const { ready, timeoutSeconds } = command;
  const told = `Waiting at most ${timeoutSeconds} s for ${name} to answer at ${ready}.\n`;
  const line = setTimeout(() => tell(told), WORTH_A_LINE_MILLISECONDS);
  try {
    await waitUntilReady(name, command, { child, output, signal });
  } catch (error) {
    await stop();
    throw error;
  } finally {
    clearTimeout(line);
  }
  return { ...watchEnd(child, command.ready, output), [Symbol.asyncDispose]: stop };
}

/** Listens for the end of an app that is up. */
function watchEnd(
  child: ChildProcess,
  ready: string,
  output: KeptOutput,
): Omit<RunningApp, keyof AsyncDisposable> {
  const heard = new EventEmitter().setMaxListeners(0);
  let end: string | undefined;
  const told = async (): Promise<void> => {
    // A program that hands over to one of its own and leaves has not taken the app along.
    if (child.exitCode === 0 && (await answers(ready))) return;
    end = `${endOf(child)}\n${output.lastLines()}`;
    heard.emit("end");
  };
  if (hasEnded(child)) void told();
  else child.once("exit", () => void told());
  return {
    end: () => end,
    onEnd: (listener) => {
      heard.once("end", listener);
      return () => heard.off("end", listener);
    },
  };
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function endOf({ exitCode, signalCode }: ChildProcess): string {
  return exitCode === null ? `was ended by ${signalCode}` : `ended with exit code ${exitCode}`;
}

interface Starting {
  readonly child: ChildProcess;
  readonly output: KeptOutput;
  readonly signal: AbortSignal | undefined;
}

async function waitUntilReady(
  name: string,
  { ready, timeoutSeconds, run }: CommandToStart,
  { child, output, signal }: Starting,
): Promise<void> {
  const up = new AbortController();
  const ended = once(child, "close", { signal: up.signal }).then(
    () => "ended" as const,
    (error: unknown) => (up.signal.aborted ? ("ended" as const) : error),
  );
  const limits = [
    up.signal,
    AbortSignal.timeout(timeoutSeconds * 1000),
    ...(signal === undefined ? [] : [signal]),
  ];
  const looked = look(ready, AbortSignal.any(limits));
  const came = await Promise.race([looked, ended]);
  up.abort();
  if (came === "up") return;
  signal?.throwIfAborted();
  if (came instanceof Error) throw notUp(name, `${run[0]} cannot be started: ${came.message}`, "");
  const what = came === "ended" ? `it ${endOf(child)}` : `${ready} did not answer within ${timeoutSeconds} s`;
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
  const isOver = hasEnded(child) || child.pid === undefined;
  const [ended, closed] = isOver
    ? [Promise.resolve(), Promise.resolve()]
    : [once(child, "exit"), once(child, "close")];
  signalGroup(child, "SIGTERM");
  // What is stopped hears it only when it goes on.
  signalGroup(child, "SIGCONT");
  await isWithin(ended, PATIENCE_MILLISECONDS);
  // What the app started may outlive it.
  signalGroup(child, "SIGKILL");
  if (await isWithin(closed, LONGEST_CLOSE_MILLISECONDS)) return;
  child.stdout?.destroy();
  child.stderr?.destroy();
}

async function isWithin(event: Promise<unknown>, milliseconds: number): Promise<boolean> {
  const patience = new AbortController();
  const late = after(milliseconds, false, { signal: patience.signal }).catch(() => false);
  const isOver = await Promise.race([event.then(() => true), late]);
  patience.abort();
  return isOver;
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
