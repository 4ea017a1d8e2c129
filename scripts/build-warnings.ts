import type { LogLevel, RolldownLog } from "rolldown";

/** Warnings that tell of the machine's speed, not of what was made. */
const OF_SPEED = /_TIMINGS$/;

/**
 * Takes what the bundler tells: a warning is an error, as nobody reads the log of a build that went well.
 *
 * @throws Error with the warning
 */
export function failOnWarning(level: LogLevel, log: RolldownLog): void {
  if (level === "warn" && !OF_SPEED.test(log.code ?? "")) throw new Error(log.message);
}
