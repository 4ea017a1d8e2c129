/** Asks whether an app still lets somebody in whose sign-in is good. */
export type Reassurance = () => Promise<boolean>;

/**
 * Makes a question that is put once for all who ask before it is put: every answer is younger than its question, and
 * never are two under way.
 *
 * @param probe puts the question to the app
 */
export function makeReassurance(probe: Reassurance): Reassurance {
  let last: Promise<unknown> = Promise.resolve();
  let waiting: Promise<boolean> | undefined;
  return () => {
    waiting ??= last.then(() => {
      waiting = undefined;
      const answer = probe();
      last = answer.catch(() => undefined);
      return answer;
    });
    return waiting;
  };
}

/** Waits for a value that others wait for too, and stops waiting when the signal says so. */
export async function whileWanted<Value>(value: Promise<Value>, signal: AbortSignal): Promise<Value> {
  signal.throwIfAborted();
  const gaveUp = Promise.withResolvers<never>();
  const giveUp = (): void => gaveUp.reject(signal.reason);
  signal.addEventListener("abort", giveUp);
  try {
    return await Promise.race([value, gaveUp.promise]);
  } finally {
    signal.removeEventListener("abort", giveUp);
  }
}
