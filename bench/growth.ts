import { median } from "./median.ts";

/** One size with the time it takes. */
export interface Point {
  readonly size: number;
  readonly milliseconds: number;
}

/** One size with what is to be timed at it. */
export interface Sized {
  readonly size: number;
  readonly task: () => Promise<void>;
}

/** Times each task once a round, so that a busy moment hits every size; medians of the rounds. */
export async function timeAll(tasks: readonly Sized[], rounds: number): Promise<readonly Point[]> {
  const times = new Map<Sized, number[]>(tasks.map((sized) => [sized, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const sized of tasks) times.get(sized)?.push(await millisecondsOf(sized.task));
  }
  return tasks.map((sized) => ({ size: sized.size, milliseconds: median(times.get(sized) ?? []) }));
}

async function millisecondsOf(task: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await task();
  return performance.now() - started;
}

/** The exponent `e` of `time ~ size^e`: the slope of a straight line through the logarithms, by least squares. */
export function exponentOf(points: readonly Point[]): number {
  const logs = points.map(({ size, milliseconds }) => ({ x: Math.log(size), y: Math.log(milliseconds) }));
  const meanX = logs.reduce((sum, { x }) => sum + x, 0) / logs.length;
  const meanY = logs.reduce((sum, { y }) => sum + y, 0) / logs.length;
  const covariance = logs.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0);
  return covariance / logs.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
}

/** The times as text, e.g. `4.1, 8.0, 16 ms`. */
export function timesText(points: readonly Point[]): string {
  const texts = points.map(({ milliseconds }) => milliseconds.toFixed(milliseconds < 10 ? 1 : 0));
  return `${texts.join(", ")} ms`;
}
