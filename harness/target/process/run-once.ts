import { spawn } from "node:child_process";
import { once } from "node:events";
import { endWithHarness, signalGroup } from "./end-group.ts";

/** One run of a program. */
export interface ProgramRun {
  readonly program: readonly string[];
  readonly cwd?: string | undefined;
  /** Added to the environment of the harness. */
  readonly env: Readonly<Record<string, string>>;
  readonly input: string;
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
}

/** How a program ended. */
export interface ProgramEnd {
  /** Null: a signal ended it. */
  readonly exitCode: number | null;
  /** That signal. */
  readonly signalCode: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly isLate: boolean;
}

const CHARACTERS = 1_000_000;

/** How long what a program leaves running in the background may go on writing. */
const BACKGROUND_MILLISECONDS = 500;

/**
 * Runs a program to its end; when the time is up it is killed, with everything it started.
 *
 * @throws Error when it cannot be started
 */
export async function runOnce(run: ProgramRun): Promise<ProgramEnd> {
  const [program = "", ...args] = run.program;
  const timeUp = AbortSignal.timeout(run.timeoutSeconds * 1000);
  const stopped = AbortSignal.any([run.signal, timeUp]);
  const child = spawn(program, args, {
    cwd: run.cwd,
    env: { ...process.env, ...run.env },
    detached: process.platform !== "win32",
  });
  const kill = (): void => signalGroup(child, "SIGKILL");
  stopped.addEventListener("abort", kill);
  const release = endWithHarness(child);
  let patience: NodeJS.Timeout | undefined;
  // Whoever left the group of the program may hold its output open for ever.
  const end = (): void => {
    kill();
    child.stdout.destroy();
    child.stderr.destroy();
  };
  child.once("exit", () => (patience = setTimeout(end, BACKGROUND_MILLISECONDS)));
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  // A program that does not read its input closes it before everything is written.
  child.stdin.on("error", () => undefined);
  child.stdin.end(run.input);
  try {
    await once(child, "close");
  } finally {
    clearTimeout(patience);
    stopped.removeEventListener("abort", kill);
    release();
  }
  run.signal.throwIfAborted();
  const { exitCode, signalCode } = child;
  return { exitCode, signalCode, stdout: stdout(), stderr: stderr(), isLate: timeUp.aborted };
}

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    if (text.length < CHARACTERS) text += chunk;
  });
  return () => text.slice(0, CHARACTERS);
}
