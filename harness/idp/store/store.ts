import type { BoundedMap } from "./bounded-map.ts";

/** How much of a kind is kept, and for how long. */
export interface Bounds {
  /** Entries in memory; the oldest go first. */
  readonly limit: number;
  /** From when an entry was written; `Infinity`: until it is removed. */
  readonly ttlSeconds: number;
}

/** Entries of one kind, each under its key. Values are plain data: a replica may find them as another one wrote them. */
export interface Shelf<Value> {
  readonly get: (key: string) => Promise<Value | undefined>;
  /** Writes an entry, for a time of its own or that of its kind. */
  readonly put: (key: string, value: Value, ttlSeconds?: number) => Promise<void>;
  /** Writes an entry only where there is none, and says whether it did: of many who try, one succeeds. */
  readonly add: (key: string, value: Value, ttlSeconds?: number) => Promise<boolean>;
  /** Hands an entry over once: whoever comes next finds nothing. */
  readonly take: (key: string) => Promise<Value | undefined>;
  readonly remove: (key: string) => Promise<void>;
}

/** How much of a kind of lists is kept. */
export interface ListBounds extends Bounds {
  /** Values in each list; the oldest go first. */
  readonly length: number;
}

/** Lists of one kind, each under its key. */
export interface Lists<Value> {
  readonly append: (key: string, value: Value) => Promise<void>;
  /** Oldest first. */
  readonly read: (key: string) => Promise<readonly Value[]>;
  readonly clear: (key: string) => Promise<void>;
}

/**
 * Entries that every replica holds whole, so that they are read at once. Each request begins with what the others wrote
 * until then.
 */
export type Mirror<Value> = BoundedMap<Value>;

/** Where a mock IdP keeps its state: in memory, or in Redis for replicas that act as one. */
export interface Store {
  readonly shelf: <Value>(kind: string, bounds: Bounds) => Shelf<Value>;
  readonly lists: <Value>(kind: string, bounds: ListBounds) => Lists<Value>;
  readonly mirror: <Value>(kind: string) => Mirror<Value>;
  /** The same store with kinds of its own, for one of several issuers. */
  readonly within: (name: string) => Store;
}

/** What replicas have to do besides. */
export interface SharedStore {
  readonly store: Store;
  /** Brings every mirror up to date. */
  readonly catchUp: () => Promise<void>;
  /** Resolves when everything that was written to mirrors has arrived. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Makes something once for all replicas: whoever comes first makes it, the others find it. */
export async function madeOnce<Value>(
  shelf: Pick<Shelf<Value>, "get" | "add">,
  key: string,
  make: () => Promise<Value> | Value,
): Promise<Value> {
  const found = await shelf.get(key);
  if (found !== undefined) return found;
  const made = await make();
  return (await shelf.add(key, made)) ? made : ((await shelf.get(key)) ?? made);
}
