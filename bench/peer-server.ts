import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A server of bench/peers in a process of its own. Closes with `await using`. */
export interface PeerServer extends AsyncDisposable {
  readonly origin: string;
  /** What it holds after a garbage collection, and its resident memory, megabytes; for servers that can tell. */
  readonly memory: () => Promise<{ readonly held: number; readonly resident: number }>;
}

/** Starts a script that prints `listening PORT`. @throws Error when it ends before that */
export async function startPeer(script: string, ...args: readonly string[]): Promise<PeerServer> {
  const path = fileURLToPath(new URL(`peers/${script}`, import.meta.url));
  const child = spawn(process.execPath, ["--expose-gc", path, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const read = async (pattern: RegExp): Promise<readonly string[]> => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`${script} ended`);
      const found = pattern.exec(value);
      if (found !== null) return found;
    }
  };
  const [, port] = await read(/^listening (\d+)$/);
  return {
    origin: `http://127.0.0.1:${port}`,
    memory: async () => {
      child.stdin.write("gc\n");
      const [, held, resident] = await read(/^memory (\S+) (\S+)$/);
      return { held: Number(held), resident: Number(resident) };
    },
    [Symbol.asyncDispose]: async () => {
      const closed = once(child, "close");
      child.kill("SIGKILL");
      await closed;
    },
  };
}
