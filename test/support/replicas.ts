import type { MockIdp } from "../../harness/idp/mock-idp.ts";
import type { StartIdpOptions } from "../../harness/idp/start-options.ts";
import { startIdp } from "../../harness/idp/start-idp.ts";
import { type RunningRedis, startRedis } from "./redis.ts";
import { type RoundRobin, startRoundRobin } from "./round-robin.ts";

/** Two replicas of one mock IdP behind a balancer, with a Redis of their own. */
export interface Replicas extends AsyncDisposable {
  readonly redis: RunningRedis;
  readonly balancer: RoundRobin;
  readonly one: MockIdp;
  readonly two: MockIdp;
  /** Starts one more, which the balancer does not know. */
  readonly start: () => Promise<MockIdp>;
}

/** Where a replica listens; its `origin` is that of the balancer. */
export function addressOf({ port }: MockIdp): string {
  return `http://127.0.0.1:${port}`;
}

/** Starts everything; the options are those of each replica. */
export async function startReplicas(options: StartIdpOptions): Promise<Replicas> {
  const redis = await startRedis();
  const balancer = await startRoundRobin();
  const start = async (): Promise<MockIdp> =>
    await startIdp({ ...options, redis: redis.url, externalUrl: balancer.origin });
  // At once, as containers start: whoever makes the keys, both sign with the same.
  const [one, two] = await Promise.all([start(), start()]);
  balancer.balance(addressOf(one), addressOf(two));
  const stop = async (): Promise<void> => {
    await Promise.all([one.stop(), two.stop()]);
    await balancer[Symbol.asyncDispose]();
    await redis[Symbol.asyncDispose]();
  };
  return { redis, balancer, one, two, start, [Symbol.asyncDispose]: stop };
}
