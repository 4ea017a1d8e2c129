/** A signal with a time limit. Ends with `using`, and then nothing of it is left. */
export interface Deadline extends Disposable {
  /** Aborts when the time is over or the signal around it aborts. */
  readonly signal: AbortSignal;
  readonly isOver: () => boolean;
}

/** Whoever waits for a signal, each in a place of its own, and the one listener that tells them all. */
interface Waiting {
  readonly places: ((() => void) | undefined)[];
  readonly tellAll: () => void;
}

const waitingFor = new WeakMap<AbortSignal, Waiting>();

function makeWaiting(): Waiting {
  const places: Waiting["places"] = [];
  const tellAll = (): void => {
    for (const pass of places) pass?.();
  };
  return { places, tellAll };
}

/**
 * Calls back when a signal aborts, until that is called off.
 *
 * A listener for each case would keep hold of the one added after it, even when both are removed. Hung together so, what is
 * dead of a long run outlives every quick garbage collection, and a set in place of the list does no better.
 *
 * @returns calls it off
 */
function onAbort(signal: AbortSignal, pass: () => void): () => void {
  const waiting = waitingFor.get(signal) ?? makeWaiting();
  waitingFor.set(signal, waiting);
  const { places, tellAll } = waiting;
  const free = places.indexOf(undefined);
  const place = free < 0 ? places.length : free;
  places[place] = pass;
  // The same function again adds nothing.
  signal.addEventListener("abort", tellAll, { once: true });
  return () => {
    places[place] = undefined;
    if (places.every((other) => other === undefined)) signal.removeEventListener("abort", tellAll);
  };
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
  const callOff = onAbort(outer, pass);
  if (outer.aborted) pass();
  return {
    signal: controller.signal,
    isOver: () => over,
    [Symbol.dispose]: () => {
      clearTimeout(timer);
      callOff();
    },
  };
}
