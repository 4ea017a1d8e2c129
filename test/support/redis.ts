import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";

/** A Redis of a test's own, on loopback, that keeps nothing on disk. */
export interface RunningRedis extends AsyncDisposable {
  readonly url: string;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || address === null) throw new TypeError("no port was given");
  return address.port;
}

async function stop(child: ChildProcess): Promise<void> {
  child.kill("SIGTERM");
  if (child.exitCode === null) await once(child, "close");
}

/** Starts Debian's redis-server, on a port of its own or where another one was; throws with its log if it ends. */
export async function startRedis(at?: number): Promise<RunningRedis> {
  const port = at ?? (await freePort());
  const settings = { port, bind: "127.0.0.1", save: "", appendonly: "no" };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn("redis-server", args, { stdio: ["ignore", "pipe", "inherit"] });
  const log: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    log.push(line);
    if (!line.includes("Ready to accept connections")) continue;
    child.stdout.resume();
    return { url: `redis://127.0.0.1:${port}`, [Symbol.asyncDispose]: () => stop(child) };
  }
  throw new Error(`redis-server ended:\n${log.join("\n")}`);
}
