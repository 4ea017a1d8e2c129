import { setTimeout as after } from "node:timers/promises";
import { HarnessError } from "../errors.ts";
import type { MockIdp } from "../idp/mock-idp.ts";
import { fail } from "./terminal.ts";

const BETWEEN_LOOKS_MILLISECONDS = 250;
const LONGEST_LOOK_MILLISECONDS = 2000;

/** How long a proxy that starts beside the IdP may take. */
const LONGEST_SECONDS = 60;

/** @returns why not; undefined: it does */
async function whyNot(url: string, signal: AbortSignal): Promise<string | undefined> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_LOOK_MILLISECONDS)]);
  try {
    const { ok, status } = await fetch(url, { signal: limited, redirect: "manual" });
    return ok ? undefined : `it answers with ${status}`;
  } catch (error) {
    signal.throwIfAborted();
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    return cause instanceof Error ? cause.message : String(cause);
  }
}

/**
 * Waits until the IdP can be reached under its external URL: partner apps look for it there, and whoever serves that URL
 * may come up later.
 *
 * @param seconds how long at most
 * @throws HarnessError `ERR_TARGET_UNREACHABLE` with why it could not be reached last
 */
export async function waitForUrl(
  { origin, port }: Pick<MockIdp, "origin" | "port">,
  signal: AbortSignal,
  seconds: number = LONGEST_SECONDS,
): Promise<void> {
  const url = `${origin}/_harness/health`;
  const end = performance.now() + seconds * 1000;
  let why = await whyNot(url, signal);
  if (why !== undefined)
    fail(`Waiting at most ${seconds} s for ${origin} to lead to the IdP on port ${port} (now: ${why}).\n`);
  while (why !== undefined) {
    if (performance.now() >= end) {
      const hint = `Start the proxy that serves ${origin}, and let it pass requests on to port ${port} of this machine.`;
      throw new HarnessError(
        "ERR_TARGET_UNREACHABLE",
        `${origin} did not lead to the IdP within ${seconds} s: ${why}`,
        hint,
      );
    }
    await after(BETWEEN_LOOKS_MILLISECONDS, undefined, { signal });
    why = await whyNot(url, signal);
  }
}
