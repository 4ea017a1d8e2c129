import { HarnessError } from "./errors.ts";

/** Something that has to be over before others can go on. */
export interface Stage {
  /** What is waited for, as a line names it. */
  readonly what: string;
  /** How long at most. */
  readonly seconds: number;
  /** Ends the waiting before. */
  readonly signal?: AbortSignal | undefined;
  /** Is told what is waited for, where it takes its time. */
  readonly tell?: ((line: string) => void) | undefined;
}

/** What is over sooner needs no line. */
const WORTH_A_LINE_MILLISECONDS = 2000;

/**
 * Does something that others wait for. What does not heed the signal is left to itself.
 *
 * @param job gets a signal that aborts with the stage
 * @throws HarnessError `ERR_TARGET_UNREACHABLE` when the time is over
 */
export async function withinStage<Result>(
  { what, seconds, signal, tell = () => undefined }: Stage,
  job: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  signal?.throwIfAborted();
  const limit = new AbortController();
  const over = Promise.withResolvers<never>();
  const end = (reason: unknown): void => {
    over.reject(reason);
    limit.abort(reason);
  };
  const stop = (): void => end(signal?.reason);
  signal?.addEventListener("abort", stop);
  const late = setTimeout(() => end(overdue(seconds)), seconds * 1000);
  const line = setTimeout(
    () => tell(`Waiting at most ${seconds} s for ${what}.\n`),
    WORTH_A_LINE_MILLISECONDS,
  );
  try {
    return await Promise.race([job(limit.signal), over.promise]);
  } catch (error) {
    // Whatever else fails because of it: the time was over.
    throw limit.signal.aborted ? limit.signal.reason : error;
  } finally {
    clearTimeout(late);
    clearTimeout(line);
    signal?.removeEventListener("abort", stop);
  }
}

/** Whoever asked names what it was. */
function overdue(seconds: number): HarnessError {
  return new HarnessError(
    "ERR_TARGET_UNREACHABLE",
    `not over within ${seconds} s`,
    "Look into its log: it may hang, or answer byte by byte.",
  );
}
