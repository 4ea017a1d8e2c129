import { getHeapSpaceStatistics } from "node:v8";
import { startIdp } from "../../harness/idp/start-idp.ts";
import { startDeadline } from "../../harness/run/deadline.ts";

// Run with --expose-gc and a word for what is to be done many times; prints the bytes of each time that a quick garbage
// collection did not get rid of.

const WARM_UP = 500;
const MANY = 1500;
const IN_FLIGHT = 8;
const BETWEEN_COLLECTIONS = 100;

await using idp = await startIdp();
const { signal } = new AbortController();
const emission = { channel: "oidc", profile: "password-and-otp" } as const;

async function issue(): Promise<void> {
  await idp.issue(emission, { user: "a.gent@partner.example", audience: "portal", nonce: "n" });
}

async function waitWithin(): Promise<void> {
  using deadline = startDeadline(signal, 60);
  await new Promise((resolve) => setImmediate(resolve, deadline.signal.aborted));
}

const work = process.argv[2] === "issue" ? issue : waitWithin;

function oldBytes(): number {
  return getHeapSpaceStatistics()
    .filter(({ space_name: name }) => name === "old_space")
    .reduce((sum, { space_used_size: used }) => sum + used, 0);
}

let before = 0;

function collect(serial: number): void {
  if (serial === WARM_UP) {
    // The slow collection makes old what is under way: what hangs on that, stays.
    globalThis.gc?.();
    before = oldBytes();
  }
  if (serial % BETWEEN_COLLECTIONS === 0) globalThis.gc?.({ type: "minor" });
}

const queue = Array.from({ length: WARM_UP + MANY }).keys();

async function worker(): Promise<void> {
  for (const serial of queue) {
    await work();
    collect(serial);
  }
}

await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
process.stdout.write(String(Math.round((oldBytes() - before) / MANY)));
