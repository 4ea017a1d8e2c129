import type { Redis } from "ioredis";
import { type Ask, makeStoredReader } from "./redis-answers.ts";
import { makeRedisMirrors } from "./redis-mirror.ts";
import type { Bounds, ListBounds, Lists, SharedStore, Shelf, Store } from "./store.ts";

/** What a store in Redis is made from. */
export interface RedisStoreParts {
  readonly redis: Redis;
  /** Says what a failure of Redis is to whoever uses the IdP. */
  readonly explain: (cause: unknown) => Error;
}

/** Only this program writes under it; the number goes up when what it writes is no longer read as before. */
const LAYOUT = "mfa-harness:1";

/** Redis takes whole seconds, one at least. */
function lifetime(seconds: number): number {
  return Math.max(1, Math.ceil(seconds));
}

function makeShelf<Value>(redis: Redis, prefix: string, { ttlSeconds }: Bounds, ask: Ask): Shelf<Value> {
  const { read } = makeStoredReader<Value>();
  const at = (key: string): string => `${prefix}:${key}`;
  const set = async (key: string, value: Value, ttl: number): Promise<unknown> =>
    Number.isFinite(ttl)
      ? await redis.set(at(key), JSON.stringify(value), "EX", lifetime(ttl))
      : await redis.set(at(key), JSON.stringify(value));
  const setNew = async (key: string, value: Value, ttl: number): Promise<unknown> =>
    Number.isFinite(ttl)
      ? await redis.set(at(key), JSON.stringify(value), "EX", lifetime(ttl), "NX")
      : await redis.set(at(key), JSON.stringify(value), "NX");
  return {
    get: async (key) => read(await ask(() => redis.get(at(key)))),
    put: async (key, value, ttl = ttlSeconds) => void (await ask(() => set(key, value, ttl))),
    add: async (key, value, ttl = ttlSeconds) => (await ask(() => setNew(key, value, ttl))) === "OK",
    take: async (key) => read(await ask(() => redis.getdel(at(key)))),
    remove: async (key) => void (await ask(() => redis.del(at(key)))),
  };
}

function makeLists<Value>(redis: Redis, prefix: string, bounds: ListBounds, ask: Ask): Lists<Value> {
  const { read } = makeStoredReader<Value>();
  const at = (key: string): string => `${prefix}:${key}`;
  const append = async (key: string, value: Value): Promise<unknown> =>
    await Promise.all([
      redis.rpush(at(key), JSON.stringify(value)),
      redis.ltrim(at(key), -bounds.length, -1),
      redis.expire(at(key), lifetime(bounds.ttlSeconds)),
    ]);
  return {
    append: async (key, value) => void (await ask(() => append(key, value))),
    read: async (key) => {
      const texts = await ask(() => redis.lrange(at(key), 0, -1));
      return texts.flatMap((text) => read(text) ?? []);
    },
    clear: async (key) => void (await ask(() => redis.del(at(key)))),
  };
}

/**
 * Makes a store in Redis, which several replicas share: an entry is a string with a lifetime, a list is a list, a mirror
 * is a hash with a version. The limits of memory do not count here; everything runs out instead.
 */
export function makeRedisStore({ redis, explain }: RedisStoreParts): SharedStore {
  const ask: Ask = async (command) => {
    try {
      return await command();
    } catch (cause) {
      throw explain(cause);
    }
  };
  const { mirror, catchUp, settled } = makeRedisMirrors(redis, LAYOUT, ask);
  const storeOf = (path: string): Store => ({
    shelf: (kind, bounds) => makeShelf(redis, `${LAYOUT}:${path}${kind}`, bounds, ask),
    lists: (kind, bounds) => makeLists(redis, `${LAYOUT}:${path}${kind}`, bounds, ask),
    mirror: (kind) => mirror(`${path}${kind}`),
    within: (name) => storeOf(`${path}${name}:`),
  });
  const close = async (): Promise<void> => {
    await settled().catch(() => undefined);
    redis.disconnect();
  };
  return { store: storeOf(""), catchUp, settled, close };
}
