import { createServer, type RequestListener } from "node:http";
import { HarnessError } from "../errors.ts";

/** A server on loopback. Closes with `await using`. */
export interface PartnerServer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/**
 * Listens on 127.0.0.1.
 *
 * @param port 0 for any free port
 * @throws HarnessError `ERR_PORT_IN_USE`
 */
export async function listenOnLoopback(listener: RequestListener, port: number): Promise<PartnerServer> {
  const server = createServer((request, response) => {
    // No page of anybody else shows one of these.
    response.setHeader("content-security-policy", "frame-ancestors 'none'");
    listener(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  }).catch((cause: unknown) => {
    if (!(cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE")) throw cause;
    const hint = "Choose another port, or name none for any free one.";
    throw new HarnessError("ERR_PORT_IN_USE", `port ${port} is in use`, hint, { cause });
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("the server listens on no port");
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      // A browser keeps its connections; they must not keep the server.
      server.closeAllConnections();
    });
  const origin = `http://127.0.0.1:${address.port}`;
  return { origin, port: address.port, stop, [Symbol.asyncDispose]: stop };
}
