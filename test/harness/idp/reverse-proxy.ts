import { once } from "node:events";
import { createServer, request } from "node:http";

/** A reverse proxy on this machine. Closes with `await using`. */
export interface ReverseProxy extends AsyncDisposable {
  readonly origin: string;
  /** Sends every request to this port from now on. */
  readonly sendTo: (port: number) => void;
}

/** What a proxy does with a request. */
export interface ProxyHabits {
  /** What it takes off the path; empty: nothing. */
  readonly strips: string;
  /** Headers that it sets, besides naming the IdP's own host. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Starts a proxy that names the IdP by its own address, as proxies do unless they are told otherwise. */
export async function startReverseProxy({ strips, headers }: ProxyHabits): Promise<ReverseProxy> {
  let port = 0;
  const server = createServer((from, to) => {
    const path = (from.url ?? "/").slice(strips.length);
    const host = `127.0.0.1:${port}`;
    const options = { host: "127.0.0.1", port, path: path === "" ? "/" : path };
    const sent = { ...options, method: from.method ?? "GET", headers: { ...from.headers, host, ...headers } };
    const forwarded = request(sent, (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(to);
    });
    forwarded.on("error", () => to.destroy());
    from.pipe(forwarded);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const own = typeof address === "object" && address !== null ? address.port : 0;
  return {
    origin: `http://127.0.0.1:${own}`,
    sendTo: (there) => void (port = there),
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
