import type { ChildProcess } from "node:child_process";
import { guardGroup } from "./guard.ts";

/**
 * Sends a signal to a program and everything that it started; the program was started detached, so that it leads a group
 * of its own. Where there are no groups, or none is left, only the program gets it.
 */
export function signalGroup(child: ChildProcess, signal: "SIGTERM" | "SIGCONT" | "SIGKILL"): void {
  const { pid } = child;
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    child.kill(signal);
  }
}

/**
 * Lets a program, started detached, end with the harness, however that ends: a harness that is killed must not leave
 * behind what blocks a port or runs forever.
 *
 * @returns takes that back, once the program has ended
 */
export function endWithHarness(child: ChildProcess): () => void {
  const { pid } = child;
  if (pid === undefined) return () => undefined;
  const abandon = (): void => signalGroup(child, "SIGKILL");
  process.once("exit", abandon);
  const release = guardGroup(pid);
  return () => {
    process.off("exit", abandon);
    release();
  };
}
