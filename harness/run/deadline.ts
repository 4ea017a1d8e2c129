/** A signal with a time limit. Ends with `using`, and then nothing of it is left. */
export interface Deadline extends Disposable {
  /** Aborts when the time is over or the signal around it aborts. */
  readonly signal: AbortSignal;
  readonly isOver: () => boolean;
}

/**
 * Starts a time limit within another signal.
 *
 * `AbortSignal.timeout` and `AbortSignal.any` would do, but they keep a timer until its time is over and a note at the
 * outer signal for good: some kilobytes for each case of a run.
 */
export function startDeadline(outer: AbortSignal, seconds: number): Deadline {
  const controller = new AbortController();
  let over = false;
  const expire = (): void => {
    over = true;
    controller.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
  };
  const pass = (): void => controller.abort(outer.reason);
  const timer = setTimeout(expire, seconds * 1000).unref();
  if (outer.aborted) pass();
  else outer.addEventListener("abort", pass, { once: true });
  return {
    signal: controller.signal,
    isOver: () => over,
    [Symbol.dispose]: () => {
      clearTimeout(timer);
      outer.removeEventListener("abort", pass);
    },
  };
}
