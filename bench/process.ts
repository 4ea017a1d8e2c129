import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { median } from "./median.ts";

const ROUNDS = 9;
const run = promisify(execFile);

/** Medians of two measurements made in turn, so that a busy moment hits both. */
export async function compareInTurn(
  ours: () => Promise<number>,
  theirs: () => Promise<number>,
): Promise<{ readonly ours: number; readonly theirs: number }> {
  const taken = { ours: [] as number[], theirs: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    taken.ours.push(await ours());
    taken.theirs.push(await theirs());
  }
  return { ours: median(taken.ours), theirs: median(taken.theirs) };
}

/** A server that has answered its first request. */
interface FirstAnswer {
  readonly milliseconds: number;
  /** Resident memory, megabytes. */
  readonly memory: number;
}

/**
 * Spawns a server that prints `listening PORT`, and waits until each path was answered with 200.
 *
 * @throws Error when it ends or answers otherwise
 */
export async function untilFirstAnswer(script: string, paths: readonly string[]): Promise<FirstAnswer> {
  const started = performance.now();
  const child = spawn(process.execPath, [script], { stdio: ["pipe", "pipe", "ignore"] });
  try {
    for await (const line of createInterface(child.stdout)) {
      const port = /^listening (\d+)$/.exec(line)?.[1];
      if (port === undefined) continue;
      for (const path of paths) await expectOk(`http://127.0.0.1:${port}${path}`);
      return { milliseconds: performance.now() - started, memory: await memoryOf(child.pid) };
    }
    throw new Error(`${script} never listened`);
  } finally {
    child.kill("SIGKILL");
    await once(child, "close");
  }
}

async function expectOk(url: string): Promise<void> {
  const answer = await fetch(url);
  await answer.arrayBuffer();
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
}

async function memoryOf(pid: number | undefined): Promise<number> {
  const { stdout } = await run("ps", ["-o", "rss=", "-p", String(pid)]);
  return Number(stdout) / 1024;
}

/** Milliseconds from spawn to exit of `node args`. @throws Error when it ends with anything but 0 */
export async function untilExit(args: readonly string[], cwd: string): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, args, { cwd, stdio: "ignore" });
  await once(child, "exit");
  if (child.exitCode !== 0) throw new Error(`node ${args.join(" ")} ended with ${child.exitCode}`);
  return performance.now() - started;
}
