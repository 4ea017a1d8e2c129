import type { Redis } from "ioredis";
import { type BoundedMap, makeBoundedMap } from "./bounded-map.ts";
import type { Mirror, SharedStore } from "./store.ts";
import { type Ask, makeStoredReader } from "./redis-answers.ts";

/** An entry as it lies in Redis: `at` tells which one is newer. */
interface Placed<Value> {
  readonly at: number;
  readonly value: Value;
}

/** A mirror as those see it that keep it up to date. */
interface Followed {
  readonly kind: string;
  /** Reads everything again when the version is another one than what was read last. */
  readonly follow: (version: string | null) => Promise<void>;
}

/** Sends a change to Redis without waiting for it. */
type Send = (change: () => Promise<unknown>) => void;

/** Mirrors, and what keeps them up to date. */
export interface RedisMirrors extends Pick<SharedStore, "catchUp" | "settled"> {
  readonly mirror: <Value>(kind: string) => Mirror<Value>;
}

/** Offers and registrations that nobody changed for a week belong to replicas that are gone. */
const TTL_SECONDS = 7 * 86_400;

interface MirrorPlaces {
  readonly redis: Redis;
  /** Key of the hash that holds the entries. */
  readonly at: string;
  /** Key of the hash that holds the version of each kind. */
  readonly versions: string;
  readonly kind: string;
}

/** Commands that are sent together arrive together: nobody sees a change without its version. */
async function change(
  { redis, at, versions, kind }: MirrorPlaces,
  ...fields: readonly string[]
): Promise<void> {
  const [key, text] = fields;
  const together = redis.multi();
  if (key === undefined) together.del(at);
  else if (text === undefined) together.hdel(at, key);
  else together.hset(at, key, text);
  together.hincrby(versions, kind, 1).expire(at, TTL_SECONDS).expire(versions, TTL_SECONDS);
  const failed = (await together.exec())?.find(([error]) => error !== null);
  if (failed?.[0]) throw failed[0];
}

function fill<Value>(entries: BoundedMap<Value>, hash: Readonly<Record<string, string>>): number {
  const { read } = makeStoredReader<Placed<Value>>();
  const placed = Object.entries(hash).flatMap(([key, text]) => {
    const found = read(text);
    return found === undefined ? [] : [{ key, ...found }];
  });
  const inOrder = placed.toSorted((one, other) => one.at - other.at);
  entries.clear();
  for (const { key, value } of inOrder) entries.put(key, value);
  return inOrder.at(-1)?.at ?? 0;
}

function makeMirror<Value>(places: MirrorPlaces, send: Send, ask: Ask): Mirror<Value> & Followed {
  const { redis, at, versions, kind } = places;
  const entries = makeBoundedMap<Value>(Number.POSITIVE_INFINITY);
  let newest = 0;
  let changes = 0;
  let read: string | null = null;
  const reload = async (): Promise<void> => {
    const before = changes;
    const [version, hash] = await ask(() => Promise.all([redis.hget(versions, kind), redis.hgetall(at)]));
    // What was written here meanwhile is not in the answer, but will be in the next one.
    if (changes !== before) return await reload();
    newest = Math.max(newest, fill(entries, hash));
    read = version;
  };
  const write = (local: () => void, ...fields: readonly string[]): void => {
    local();
    changes += 1;
    send(() => change(places, ...fields));
  };
  return {
    kind,
    get: entries.get,
    values: entries.values,
    put: (key, value) => {
      newest = Math.max(Date.now(), newest + 1);
      write(() => entries.put(key, value), key, JSON.stringify({ at: newest, value }));
    },
    remove: (key) => write(() => entries.remove(key), key),
    clear: () => write(() => entries.clear()),
    follow: async (version) => {
      if (version !== read) await reload();
    },
  };
}

/** Makes mirrors in Redis: each is a hash, beside one hash with the version of every mirror. */
export function makeRedisMirrors(redis: Redis, layout: string, ask: Ask): RedisMirrors {
  const versions = `${layout}:versions`;
  const mirrors: Followed[] = [];
  const pending = new Set<Promise<unknown>>();
  const send: Send = (sent) => {
    const arrival = ask(sent);
    pending.add(arrival);
    // A failure is told by `settled`, and by whatever is asked of Redis next.
    arrival.catch(() => undefined).finally(() => pending.delete(arrival));
  };
  return {
    mirror: <Value>(kind: string) => {
      const made = makeMirror<Value>({ redis, at: `${layout}:${kind}`, versions, kind }, send, ask);
      mirrors.push(made);
      return made;
    },
    catchUp: async () => {
      const kinds = mirrors.map(({ kind }) => kind);
      if (kinds.length === 0) return;
      const found = await ask(() => redis.hmget(versions, ...kinds));
      await Promise.all(mirrors.map(({ follow }, index) => follow(found[index] ?? null)));
    },
    settled: async () => void (await Promise.all(pending)),
  };
}
