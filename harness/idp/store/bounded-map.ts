/** A map that forgets its oldest entries, so that a mock IdP may run for days. */
export interface BoundedMap<Value> {
  readonly get: (key: string) => Value | undefined;
  /** Writes an entry as the newest one. */
  readonly put: (key: string, value: Value) => void;
  readonly remove: (key: string) => void;
  readonly clear: () => void;
  /** Oldest first. */
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
      if (entries.size <= limit) return;
      const [oldest] = entries.keys();
      if (oldest !== undefined) entries.delete(oldest);
    },
    remove: (key) => void entries.delete(key),
    clear: () => entries.clear(),
    values: () => [...entries.values()],
  };
}
