import { CookieJar } from "tough-cookie";
import type { PageRequest } from "../../../harness/transport/form.ts";
import { send, type PageAnswer } from "../../../harness/transport/protocol/http-client.ts";
import { readNextStep, type SignInEntry } from "../../../harness/transport/next-step.ts";

/** A browser of a test's own that can stop half-way. */
export interface Walk {
  readonly jar: CookieJar;
  /** Goes on from a page until a request would be sent to this path, and returns that request unsent. */
  readonly until: (start: string, path: string) => Promise<PageRequest>;
  readonly send: (request: PageRequest) => Promise<PageAnswer>;
}

/** Starts with an empty cookie jar. */
export function startWalk(entry: SignInEntry): Walk {
  const jar = new CookieJar();
  const { signal } = new AbortController();
  const until = async (start: string, path: string): Promise<PageRequest> => {
    let request: PageRequest = { method: "GET", url: new URL(start) };
    for (let hops = 0; hops < 20; hops += 1) {
      if (request.url.pathname === path) return request;
      const answer = await send(request, jar, signal);
      if (answer.location === undefined) {
        const step = readNextStep(answer.html, request.url, entry);
        if (step.kind === "rest") throw new Error(`came to rest at ${request.url.pathname}`);
        request = step.request;
      } else request = { method: "GET", url: new URL(answer.location, request.url) };
    }
    throw new Error(`never came to ${path}`);
  };
  return { jar, until, send: (request) => send(request, jar, signal) };
}
