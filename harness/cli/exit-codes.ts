/** What a command came to. */
export type Ending = "ok" | "failed" | "unable" | "undecided";

/** The exit code of each ending: all as it should be, something failed, no work could be done, something is open. */
const EXIT_CODES: Readonly<Record<Ending, number>> = { ok: 0, failed: 1, unable: 2, undecided: 3 };

/** Exit codes of a command that was ended by a signal, by convention 128 and its number. */
export const SIGNAL_EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** Of several endings the first of these tells the exit code. */
const FIRST: readonly Ending[] = ["unable", "failed", "undecided", "ok"];

/** The exit code of a command that came to all of these; of none, it did no work. */
export function exitCodeOf(endings: readonly Ending[]): number {
  return EXIT_CODES[FIRST.find((ending) => endings.includes(ending)) ?? "unable"];
}
