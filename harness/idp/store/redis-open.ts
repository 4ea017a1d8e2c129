import type { Redis } from "ioredis";
import { HarnessError } from "../../errors.ts";
import { makeRedisStore } from "./redis.ts";
import type { SharedStore } from "./store.ts";

/** How long a start waits for Redis. */
const CONNECT_MILLISECONDS = 3000;

/** How long a request waits for an answer of Redis. */
const COMMAND_MILLISECONDS = 2000;

const HINT = "Start Redis, or leave the setting out: then everything is kept in memory.";

/** Where Redis is, without the password that its URL may hold. */
function placeOf(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null || !["redis:", "rediss:"].includes(parsed.protocol) || parsed.hostname === "") {
    const hint = "Write it like redis://127.0.0.1:6379, or redis://user:password@host:6379/1.";
    throw new HarnessError("ERR_CONFIG_INVALID", "the address of Redis is no redis:// URL", hint);
  }
  return parsed.port === "" ? parsed.hostname : `${parsed.hostname}:${parsed.port}`;
}

/** Optional, and loaded only here: most IdPs keep everything in memory. */
async function load(): Promise<typeof Redis> {
  try {
    return (await import("ioredis")).Redis;
  } catch (cause) {
    const hint = "Install it beside this package: npm install ioredis.";
    throw new HarnessError("ERR_CONFIG_INVALID", "Redis needs the package ioredis", hint, { cause });
  }
}

function unreachable(place: string, cause: unknown): HarnessError {
  const reason = cause instanceof Error ? `: ${cause.message}` : "";
  return new HarnessError("ERR_REDIS_UNREACHABLE", `Redis at ${place} does not answer${reason}`, HINT, {
    cause,
  });
}

/**
 * Connects to Redis, where replicas of one mock IdP keep what they share. That includes the keys they sign with: this is
 * a test IdP, and whoever reads its Redis may sign as it does.
 *
 * @param url `redis://…` or `rediss://…`; each IdP of several on one server needs a database of its own, `/0` to `/15`
 * @throws HarnessError `ERR_CONFIG_INVALID` when it is no such URL or ioredis is not installed, `ERR_REDIS_UNREACHABLE`
 */
export async function openRedisStore(url: string): Promise<SharedStore> {
  const place = placeOf(url);
  const Client = await load();
  const redis = new Client(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_MILLISECONDS,
    commandTimeout: COMMAND_MILLISECONDS,
    maxRetriesPerRequest: 1,
    enableAutoPipelining: true,
    retryStrategy: (times) => Math.min(times * 100, CONNECT_MILLISECONDS),
  });
  // Each command tells its own failure; without a listener the library would print them all.
  let lost: unknown;
  redis.on("error", (error: unknown) => (lost = error));
  try {
    await redis.connect();
    await redis.ping();
  } catch (cause) {
    redis.disconnect();
    throw unreachable(place, lost ?? cause);
  }
  return makeRedisStore({ redis, explain: (cause) => unreachable(place, cause) });
}
