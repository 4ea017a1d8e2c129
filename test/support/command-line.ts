import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../harness/cli/main.ts", import.meta.url));

/** What a person would have seen. */
export interface Spoken {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line as a person does, in `cwd`, with `input` typed in. */
export async function mfaHarness(args: readonly string[], cwd: string, input = ""): Promise<Spoken> {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd });
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { exitCode: child.exitCode, stdout, stderr };
}

/** Starts the command line and leaves it running, for a test that interrupts it. */
export function startMfaHarness(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}) {
  return spawn(process.execPath, [MAIN, ...args], { cwd, env: { ...process.env, ...env } });
}

const SIGNAL_AT_FIRST_LINE = new URL("signal-at-first-line.ts", import.meta.url);

/** Starts the command line, which gets this signal when it has written its first line. */
export function startInterrupted(args: readonly string[], cwd: string, signal: NodeJS.Signals) {
  const env = { ...process.env, MFA_HARNESS_TEST_SIGNAL: signal };
  return spawn(process.execPath, ["--import", SIGNAL_AT_FIRST_LINE.href, MAIN, ...args], { cwd, env });
}
