import { once } from "node:events";
import { expect, test } from "vitest";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { discover, PORTAL, refresh, signIn } from "../../harness/idp/relying-party.ts";
import { makeUserAgent } from "../../harness/idp/user-agent.ts";
import { startRedis } from "../../support/redis.ts";
import { type ReplicaProcess, startReplicaProcess } from "../../support/replica-process.ts";
import { startRoundRobin } from "../../support/round-robin.ts";

async function kill({ child }: ReplicaProcess): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "close");
}

test("two processes act as one; one that is killed takes no session along", async () => {
  await using redis = await startRedis();
  await using balancer = await startRoundRobin();
  const relyingParties = [{ ...PORTAL, redirectUris: [...PORTAL.redirectUris], postLogoutRedirectUris: [] }];
  const options = { redis: redis.url, externalUrl: balancer.origin, relyingParties };
  const [one, two] = await Promise.all([startReplicaProcess(options), startReplicaProcess(options)]);
  await using processes = new AsyncDisposableStack();
  processes.use(one);
  processes.use(two);
  balancer.balance(one.address, two.address);
  // Only its trust is used: it is never among those that answer.
  await using watcher = await startIdp(options);
  const portal = await discover(watcher);
  const agent = makeUserAgent(balancer.origin);
  const first = await signIn(watcher, portal, { agent, user: "both", choice: "oidc-password-only" });
  expect(new Set(balancer.passed().map(({ to }) => to)).size).toBe(2);
  await kill(one);
  balancer.balance(two.address);
  const second = await signIn(watcher, portal, { agent });
  await using three = await startReplicaProcess(options);
  balancer.balance(three.address);
  const told = [await signIn(watcher, portal, { agent }), second, await refresh(watcher, first)];
  expect(told.map(({ claims }) => [claims.sub, claims["amr"]])).toEqual(
    Array.from({ length: 3 }, () => ["both", ["pwd"]]),
  );
});
