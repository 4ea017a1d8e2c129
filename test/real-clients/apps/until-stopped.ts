/** Stops what a program runs when the program is told to end, and only then ends it. */
export function untilStopped(running: AsyncDisposable): void {
  const stop = async (): Promise<void> => {
    await running[Symbol.asyncDispose]();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop());
}
