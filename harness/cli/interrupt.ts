/** An abort signal that fires on Ctrl-C or SIGTERM; a second Ctrl-C ends the process at once. */
export interface Interrupt extends Disposable {
  readonly signal: AbortSignal;
}

/** Listens for interruption until disposed. */
export function onInterrupt(): Interrupt {
  const controller = new AbortController();
  const abort = (): void => {
    release();
    controller.abort();
  };
  const release = (): void => {
    process.off("SIGINT", abort).off("SIGTERM", abort);
  };
  process.on("SIGINT", abort).on("SIGTERM", abort);
  return { signal: controller.signal, [Symbol.dispose]: release };
}
