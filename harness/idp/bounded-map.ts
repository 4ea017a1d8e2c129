/** A map that forgets its oldest entries, so that a mock IdP may run for days. */
export interface BoundedMap<Value> {
  readonly get: (key: string) => Value | undefined;
  /** Writes an entry as the newest one. */
  readonly put: (key: string, value: Value) => void;
  readonly remove: (key: string) => void;
  readonly values: () => readonly Value[];
}

/** Makes a map of at most `limit` entries. */
export function makeBoundedMap<Value>(limit: number): BoundedMap<Value> {
  const entries = new Map<string, Value>();
  return {
    get: (key) => entries.get(key),
    put: (key, value) => {
      entries.delete(key);
      entries.set(key, value);
      const [oldest] = entries.keys();
      if (entries.size > limit && oldest !== undefined) entries.delete(oldest);
    },
    remove: (key) => void entries.delete(key),
    values: () => [...entries.values()],
  };
}
