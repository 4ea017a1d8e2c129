import type { RequestListener } from "node:http";
import { once } from "node:events";
import { createServer } from "node:http";
import type { SignInPlan } from "../../../harness/transport/exchange.ts";

/** A small server of a test's own on loopback. */
export interface TestServer extends AsyncDisposable {
  readonly origin: string;
}

/** Serves until it is disposed; pages are HTML unless they say otherwise. */
export async function serve(
  listener: (...exchange: Parameters<RequestListener>) => unknown,
): Promise<TestServer> {
  const server = createServer((request, response) => {
    response.setHeader("content-type", "text/html");
    void listener(request, response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    origin: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** A port on which nothing listens any more. */
export async function deadOrigin(): Promise<string> {
  await using server = await serve(() => undefined);
  return server.origin;
}

/** A plan to sign in where IdP and app are one server. */
export function planFor(start: string, changes: Partial<SignInPlan> = {}): SignInPlan {
  return {
    start,
    idpOrigin: new URL(start).origin,
    user: "agent@partner.example",
    choice: "offer-1",
    maxSignIns: 3,
    signal: new AbortController().signal,
    ...changes,
  };
}

/** A sign-in page as the mock IdP shows it. */
export const SIGN_IN_PAGE = `<!doctype html><html><body><form method="post" action="/sign-in" data-mfa-harness="sign-in">
<input name="user" value=""><label><input type="radio" name="emission" value="other" checked> other</label>
<label><input type="radio" name="emission" value="offer-1"> this</label>
<button name="action" value="sign-in">Sign in</button><button name="action" value="cancel">Cancel</button>
</form></body></html>`;
