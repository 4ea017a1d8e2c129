import { once } from "node:events";
import { createServer, type IncomingMessage, request as ask, type ServerResponse } from "node:http";

/** One request, and the origin of the replica that answered it. */
interface Passed {
  readonly path: string;
  readonly to: string;
}

/** A balancer that gives each request to the next replica, so that no two steps of a sign-in meet the same one. */
export interface RoundRobin extends AsyncDisposable {
  readonly origin: string;
  /** Whom to send requests to from now on. */
  readonly balance: (...origins: readonly string[]) => void;
  /** What was passed on since `balance`, oldest first. */
  readonly passed: () => readonly Passed[];
}

function pass(request: IncomingMessage, response: ServerResponse, to: string): void {
  const { method, headers } = request;
  const asked = ask(new URL(request.url ?? "/", to), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    answer.pipe(response);
  });
  asked.on("error", () => response.destroy());
  request.pipe(asked);
}

/** Starts a balancer on loopback. */
export async function startRoundRobin(): Promise<RoundRobin> {
  let replicas: readonly string[] = [];
  let passed: Passed[] = [];
  const server = createServer((request, response) => {
    const to = replicas[passed.length % replicas.length] ?? "";
    const [path = ""] = (request.url ?? "").split("?");
    passed.push({ path, to });
    pass(request, response, to);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new TypeError("no port was given");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    balance: (...origins) => {
      replicas = origins;
      passed = [];
    },
    passed: () => passed,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
