import { setTimeout as sleep } from "node:timers/promises";
import type { RequestHandler } from "express";
import { sendPage } from "../pages/layout.ts";
import { renderMessage } from "../pages/message-page.ts";

/** How long a probe waits for the keys; shorter than probes usually wait. */
const PATIENCE_MILLISECONDS = 800;

type State = "up" | "starting" | "failed";

const MEANINGS: Readonly<Record<State, string>> = {
  up: "up: it can sign",
  starting: "starting: its keys are not made yet",
  failed: "failed: it has no keys; its output says why",
};

async function state(ready: () => Promise<unknown>, patience: number): Promise<State> {
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
  return async (request, response) => {
    const status = await state(ready, patience);
    const code = status === "up" ? 200 : 503;
    if (status !== "up") response.set("retry-after", "1");
    response.vary("Accept");
    // Probes say that they take anything, or nothing at all; a browser names HTML first.
    if (request.accepts(["json", "html"]) === "html") {
      sendPage(response, code, renderMessage("Health", { Status: MEANINGS[status] }));
    } else {
      response.status(code).set("cache-control", "no-store").json({ status });
    }
  };
}
