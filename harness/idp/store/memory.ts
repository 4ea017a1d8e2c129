import { makeBoundedMap } from "./bounded-map.ts";
import type { Bounds, ListBounds, Lists, Shelf, Store } from "./store.ts";

interface Kept<Value> {
  readonly value: Value;
  /** On the clock of the store, seconds. */
  readonly until: number;
}

type Clock = () => number;

function makeShelf<Value>({ limit, ttlSeconds }: Bounds, clock: Clock): Shelf<Value> {
  const entries = makeBoundedMap<Kept<Value>>(limit);
  const find = (key: string): Value | undefined => {
    const kept = entries.get(key);
    if (kept === undefined || kept.until > clock()) return kept?.value;
    entries.remove(key);
    return undefined;
  };
  const write = (key: string, value: Value, ttl = ttlSeconds): void =>
    entries.put(key, { value, until: clock() + ttl });
  return {
    get: async (key) => find(key),
    put: async (key, value, ttl) => write(key, value, ttl),
    add: async (key, value, ttl) => {
      if (find(key) !== undefined) return false;
      write(key, value, ttl);
      return true;
    },
    take: async (key) => {
      const value = find(key);
      entries.remove(key);
      return value;
    },
    remove: async (key) => entries.remove(key),
  };
}

function makeLists<Value>({ limit, ttlSeconds, length }: ListBounds, clock: Clock): Lists<Value> {
  const lists = makeBoundedMap<Kept<Value[]>>(limit);
  const find = (key: string): Value[] => {
    const kept = lists.get(key);
    return kept !== undefined && kept.until > clock() ? kept.value : [];
  };
  return {
    append: async (key, value) => {
      const values = find(key);
      values.push(value);
      if (values.length > length) values.shift();
      lists.put(key, { value: values, until: clock() + ttlSeconds });
    },
    read: async (key) => [...find(key)],
    clear: async (key) => lists.remove(key),
  };
}

/**
 * Makes a store of one process.
 *
 * @param clock seconds, from any beginning; entries run out by it, never by the clock that tokens are dated with
 */
export function makeMemoryStore(clock: Clock = () => performance.now() / 1000): Store {
  return {
    shelf: (_kind, bounds) => makeShelf(bounds, clock),
    lists: (_kind, bounds) => makeLists(bounds, clock),
    mirror: () => makeBoundedMap(Number.POSITIVE_INFINITY),
    within: () => makeMemoryStore(clock),
  };
}
