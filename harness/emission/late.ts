/**
 * Makes a loader that loads once, when it is first called. `import()` alone looks a module up again each time, which takes
 * longer than many an answer that needs it.
 */
export function late<Value>(load: () => Promise<Value>): () => Promise<Value> {
  let loading: Promise<Value> | undefined;
  return () => (loading ??= load());
}
