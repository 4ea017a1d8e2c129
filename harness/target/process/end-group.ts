import type { ChildProcess } from "node:child_process";

/**
 * Sends a signal to a program and everything that it started; the program was started detached, so that it leads a group
 * of its own. Where there are no groups, or none is left, only the program gets it.
 */
export function signalGroup(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): void {
  const { pid } = child;
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    child.kill(signal);
  }
}
