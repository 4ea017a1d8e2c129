import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { signInManyTimes } from "./sign-ins.ts";

const IN_FLIGHT = 8;

const originSchema = z.object({ origin: z.string() });

const memorySchema = z.object({
  used: z.number().describe("Bytes that are in use after a garbage collection"),
  resident: z.number(),
});

/** Memory of the IdP, bytes. */
type Memory = z.output<typeof memorySchema>;

/** What many sign-ins did to the IdP. */
export interface Soaked {
  readonly halfWay: Memory;
  readonly end: Memory;
  readonly seconds: number;
}

/** What the IdP says next; one that is gone says nothing any more. */
async function nextMessage(idp: ChildProcess): Promise<unknown> {
  const gone = new AbortController();
  const end = (): void => gone.abort(new Error("the IdP ended"));
  idp.once("exit", end);
  try {
    const heard: readonly unknown[] = await once(idp, "message", { signal: gone.signal });
    return heard[0];
  } finally {
    idp.off("exit", end);
  }
}

async function memoryOf(idp: ChildProcess): Promise<Memory> {
  const told = nextMessage(idp);
  idp.send("memory");
  return memorySchema.parse(await told);
}

/**
 * Signs in so many times at an IdP of its own process, and reads that process's memory half-way and at the end, each
 * time after a garbage collection.
 *
 * @throws Error when a sign-in fails
 */
export async function soak(count: number): Promise<Soaked> {
  const script = fileURLToPath(new URL("idp.ts", import.meta.url));
  const idp = fork(script, { execArgv: ["--expose-gc"] });
  try {
    const { origin } = originSchema.parse(await nextMessage(idp));
    const started = performance.now();
    const half = Math.floor(count / 2);
    await signInManyTimes(origin, half, IN_FLIGHT);
    const halfWay = await memoryOf(idp);
    await signInManyTimes(origin, count - half, IN_FLIGHT);
    const end = await memoryOf(idp);
    return { halfWay, end, seconds: (performance.now() - started) / 1000 };
  } finally {
    idp.kill();
    if (idp.exitCode === null && idp.signalCode === null) await once(idp, "exit");
  }
}
