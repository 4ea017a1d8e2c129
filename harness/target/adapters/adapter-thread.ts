import { once } from "node:events";
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { z } from "zod";
import { HarnessError } from "../../errors.ts";
import { makeLanes } from "../../transport/lanes.ts";
import type { ReaderFacts } from "../hand-over.ts";
import type { AdapterAnswer } from "./adapter.ts";
import { replySchema } from "./reply.ts";

/** An adapter that is asked one artifact after the other. */
export interface AdapterThread extends AsyncDisposable {
  /** @throws HarnessError when there is no answer, or the adapter cannot be loaded */
  readonly ask: (artifact: string, facts: ReaderFacts, signal?: AbortSignal) => Promise<AdapterAnswer>;
}

const LONGEST_SECONDS = 10;

/** More than any library needs for one artifact, and less than would take the machine along. */
const LIMITS = { maxOldGenerationSizeMb: 512 } as const;
const FILE = new URL(`worker${extname(import.meta.url)}`, import.meta.url);

/**
 * Starts a thread for an adapter, and another one whenever a library does not come to an end: entities and floods are made
 * for that, and no time limit stops a loop in the same thread.
 *
 * @param adapter name of a ready one, or a module's path
 */
export function startAdapterThread(adapter: string, longestSeconds: number = LONGEST_SECONDS): AdapterThread {
  const inLane = makeLanes(1);
  let worker: Worker | undefined;
  const begin = (): Worker => {
    const begun = startWorker(adapter);
    // One that fell over between two questions is asked nothing more.
    begun.once("exit", () => (worker = worker === begun ? undefined : worker));
    return begun;
  };
  const end = async (): Promise<void> => {
    const ended = worker;
    worker = undefined;
    await ended?.terminate();
  };
  return {
    ask: (artifact, facts, signal) =>
      inLane(async () => {
        // Whoever waited too long for its turn wants no answer any more.
        signal?.throwIfAborted();
        worker ??= begin();
        try {
          return await askWorker(worker, adapter, { artifact, facts }, longestSeconds);
        } catch (error) {
          await end();
          throw error;
        }
      }),
    [Symbol.asyncDispose]: end,
  };
}

/** What a library writes to the terminal is nobody's report. */
function startWorker(adapter: string): Worker {
  const worker = new Worker(FILE, {
    workerData: adapter,
    stdout: true,
    stderr: true,
    resourceLimits: LIMITS,
  });
  worker.stdout.resume();
  worker.stderr.resume();
  worker.on("error", () => undefined);
  worker.unref();
  return worker;
}

async function askWorker(
  worker: Worker,
  adapter: string,
  question: { readonly artifact: string; readonly facts: ReaderFacts },
  longestSeconds: number,
): Promise<AdapterAnswer> {
  const over = new AbortController();
  const timeUp = AbortSignal.timeout(longestSeconds * 1000);
  const signal = AbortSignal.any([over.signal, timeUp]);
  const left = once(worker, "exit", { signal }).then(() => {
    throw new Error("it left by itself, without an answer");
  });
  const answered = Promise.race([once(worker, "message", { signal }), left]);
  worker.postMessage(question, []);
  const received: unknown = await answered
    .catch((cause: unknown) => {
      throw silent(adapter, timeUp.aborted ? `no answer within ${longestSeconds} s` : describe(cause), cause);
    })
    .finally(() => over.abort());
  const [reply] = z.tuple([replySchema]).parse(received);
  if ("answer" in reply) return reply.answer;
  const { code, message: why, hint } = reply.failure;
  throw new HarnessError(code, why, hint);
}

function describe(cause: unknown): string {
  return `its thread ended: ${cause instanceof Error ? cause.message : String(cause)}`;
}

function silent(adapter: string, what: string, cause: unknown): HarnessError {
  const hint = "A library that takes this long, or falls over, for one artifact can be stopped by anybody.";
  return new HarnessError("ERR_TARGET_UNREACHABLE", `the adapter ${adapter}: ${what}`, hint, { cause });
}
