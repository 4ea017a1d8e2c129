/** Does something in Redis; a failure is told in plain words. */
export type Ask = <Value>(command: () => Promise<Value>) => Promise<Value>;

/** Reads what replicas wrote under the keys of one kind; undefined: nothing lies there. */
export interface StoredReader<Value> {
  readonly read: (text: string | null | undefined) => Value | undefined;
}

interface Guard<Value> {
  (stored: unknown): stored is Value;
}

/** Nobody else writes under the keys of this program, and another layout has other keys. */
function ownGuard<Value>(): Guard<Value> {
  return (stored): stored is Value => stored !== undefined;
}

/** Makes a reader of one kind. */
export function makeStoredReader<Value>(): StoredReader<Value> {
  const isOwn = ownGuard<Value>();
  const read = (text: string | null | undefined): Value | undefined => {
    const stored: unknown = typeof text === "string" ? JSON.parse(text) : undefined;
    return isOwn(stored) ? stored : undefined;
  };
  return { read };
}
