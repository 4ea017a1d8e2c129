import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { HarnessError } from "../../errors.ts";
import { isReadyAdapter } from "../definition/handed-over.ts";
import type { Adapter } from "./adapter.ts";
import { READY_ADAPTERS } from "./ready-adapters.ts";
import { answerSchema } from "./reply.ts";

const HINT =
  "An adapter is a module with one exported function: (artifact, asked) => ({ decision, reason }), where decision is accept, refuse or challenge.";

/**
 * Loads an adapter.
 *
 * @param adapter name of a ready one, or a module's path from the working directory
 * @throws HarnessError `ERR_CONFIG_INVALID` when the module cannot be loaded or is no adapter
 */
export async function loadAdapter(adapter: string): Promise<Adapter> {
  if (isReadyAdapter(adapter)) return await READY_ADAPTERS[adapter].load();
  const functions = Object.values(await importModule(adapter)).filter((one) => typeof one === "function");
  const [only, ...others] = new Set(functions);
  if (only === undefined || others.length > 0) {
    const found = `${adapter} exports ${new Set(functions).size} functions, expected one`;
    throw new HarnessError("ERR_CONFIG_INVALID", found, HINT);
  }
  return async (artifact, asked) => {
    const answer = answerSchema.safeParse(
      await call(adapter, () => Reflect.apply(only, undefined, [artifact, asked])),
    );
    if (answer.success) return answer.data;
    throw noAnswer(adapter, "answered something that is no decision");
  };
}

async function importModule(path: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const loaded: unknown = await import(pathToFileURL(resolve(path)).href);
    return z.record(z.string(), z.unknown()).parse({ ...z.looseObject({}).parse(loaded) });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new HarnessError("ERR_CONFIG_INVALID", `the adapter ${path} cannot be loaded: ${why}`, HINT, {
      cause,
    });
  }
}

/** What an adapter throws is a mistake of the adapter's: a refusal is an answer. */
async function call(adapter: string, answer: () => unknown): Promise<unknown> {
  try {
    return await answer();
  } catch (cause) {
    throw noAnswer(adapter, `threw: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
  }
}

function noAnswer(adapter: string, what: string, cause?: unknown): HarnessError {
  return new HarnessError("ERR_TARGET_UNREACHABLE", `the adapter ${adapter} ${what}`, HINT, { cause });
}
