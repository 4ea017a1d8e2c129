import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Measured } from "./goal.ts";
import { compareInTurn } from "./process.ts";

const run = promisify(execFile);

const MANY = 10_000;
const FEW = 1000;

/** Runs a script that prints milliseconds and peak megabytes. */
async function figures(script: string, count: number): Promise<{ milliseconds: number; peak: number }> {
  const path = fileURLToPath(new URL(`peers/${script}`, import.meta.url));
  const { stdout } = await run(process.execPath, [path, String(count)]);
  const [milliseconds = Number.NaN, peak = Number.NaN] = stdout.trim().split(" ").map(Number);
  return { milliseconds, peak };
}

/** Goal 10: many cases in one process, in time against jose and in memory against fewer. */
export async function measureManyCases(): Promise<readonly Measured[]> {
  const time = await compareInTurn(
    async () => (await figures("many-cases.js", MANY)).milliseconds,
    async () => (await figures("many-tokens.js", MANY)).milliseconds,
  );
  const memory = await compareInTurn(
    async () => (await figures("many-cases.js", MANY)).peak,
    async () => (await figures("many-cases.js", FEW)).peak,
  );
  return [
    {
      goal: "10 rate of 10 000 cases handed over: mint, judge, compare, report",
      peer: "jose, mint and verify",
      ratio: time.theirs / time.ours,
      must: { bar: 0.5, better: "more" },
      figures: `${Math.round(time.ours)} ms against ${Math.round(time.theirs)} ms`,
    },
    {
      goal: "10 peak memory of 10 000 cases",
      peer: "1 000 cases",
      ratio: memory.ours / memory.theirs,
      must: { bar: 1.25, better: "less" },
      figures: `${Math.round(memory.ours)} MB against ${Math.round(memory.theirs)} MB`,
    },
  ];
}
