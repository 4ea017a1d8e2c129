import { setTimeout as sleep } from "node:timers/promises";
import type { RequestHandler } from "express";

/** How long a probe waits for the keys; shorter than probes usually wait. */
const PATIENCE_MILLISECONDS = 800;

async function state(ready: () => Promise<unknown>, patience: number): Promise<"up" | "starting" | "failed"> {
  const waiting = new AbortController();
  try {
    return await Promise.race([
      ready().then(() => "up" as const),
      sleep(patience, "starting" as const, { signal: waiting.signal }),
    ]);
  } catch {
    return "failed";
  } finally {
    waiting.abort();
  }
}

/**
 * Makes the health endpoint: 200 as soon as the IdP can sign, 503 while it cannot.
 *
 * @param ready resolves when the keys exist
 */
export function healthOf(ready: () => Promise<unknown>, patience = PATIENCE_MILLISECONDS): RequestHandler {
  return async (_request, response) => {
    const status = await state(ready, patience);
    if (status !== "up") response.set("retry-after", "1");
    response
      .status(status === "up" ? 200 : 503)
      .set("cache-control", "no-store")
      .json({ status });
  };
}
