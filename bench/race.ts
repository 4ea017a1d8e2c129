import { Bench } from "tinybench";
import { median } from "./median.ts";

type Task = () => Promise<void>;

const ROUNDS = 9;

/** Times two tasks in short alternating rounds, so that a busy moment hits both; median rates, per second. */
export async function race(
  ours: Task,
  theirs: Task,
): Promise<{ readonly ours: number; readonly theirs: number }> {
  const rates = { ours: [] as number[], theirs: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    // The one that goes first changes, because the second finds a warmer machine.
    const order = round % 2 === 0 ? (["ours", "theirs"] as const) : (["theirs", "ours"] as const);
    for (const name of order) rates[name].push(await rateOf(name === "ours" ? ours : theirs));
  }
  return { ours: median(rates.ours), theirs: median(rates.theirs) };
}

async function rateOf(task: Task): Promise<number> {
  const bench = new Bench({ time: 250, warmupTime: 50, throws: true });
  bench.add("task", task);
  const [finished] = await bench.run();
  const result = finished?.result;
  if (result?.state !== "completed") throw new Error("a task of the bench did not complete");
  return result.throughput.mean;
}
