import { exitCodeOf, SIGNAL_EXIT_CODES } from "./exit-codes.ts";

/** An abort signal that fires on Ctrl-C, SIGTERM or SIGHUP; a second one ends the process at once. */
export interface Interrupt extends Disposable {
  readonly signal: AbortSignal;
  /** Exit code of a process that was ended so, by convention 128 and the signal's number; undefined: it was not. */
  readonly exitCode: () => number | undefined;
}

const isKnown = (name: string): name is keyof typeof SIGNAL_EXIT_CODES => name in SIGNAL_EXIT_CODES;

/** Listens for interruption until disposed. */
export function onInterrupt(): Interrupt {
  const controller = new AbortController();
  let exitCode: number | undefined;
  const take = (name: NodeJS.Signals): void => {
    const code = isKnown(name) ? SIGNAL_EXIT_CODES[name] : exitCodeOf(["unable"]);
    // Nothing that was started stays behind: what has to end with the process listens for its exit.
    if (exitCode !== undefined) process.exit(code);
    exitCode = code;
    controller.abort();
  };
  process.on("SIGINT", take).on("SIGTERM", take).on("SIGHUP", take);
  return {
    signal: controller.signal,
    exitCode: () => exitCode,
    [Symbol.dispose]: () => process.off("SIGINT", take).off("SIGTERM", take).off("SIGHUP", take),
  };
}
