import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import type { ApiDefinition, CommandDefinition } from "../target/definition/handed-over.ts";
import { plainRequest } from "../transport/plain-request.ts";
import type { Reach } from "../transport/reach.ts";
import { broken, type Check, doubtful, fine } from "./check.ts";
import { unreachable } from "../transport/loopback.ts";

/** Whether an API answers, and lets nobody in who shows no token. */
export async function checkApi(
  name: string,
  { url: address, method, headers = {} }: ApiDefinition,
  reach: Reach,
  signal: AbortSignal,
): Promise<Check> {
  const url = new URL(address);
  const what = `${name}: ${address}`;
  const limited = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MILLISECONDS)]);
  try {
    await reach.turn(url, limited);
    const { status } = await plainRequest({ method, url, headers }, limited);
    const found = `answers with ${status} without a token`;
    if (status >= 500) return doubtful(what, found, "Look into its log.");
    if (status >= 300) return fine(what, found);
    return doubtful(
      what,
      found,
      "Correct `url` to what only a good token opens, or say in `json` or `body` how it refuses.",
    );
  } catch (error) {
    signal.throwIfAborted();
    const { message, hint } = unreachable(url, error, reach.allows);
    return broken(what, message, hint);
  }
}

const LONGEST_MILLISECONDS = 5000;

/** Whether the program of a target is there. */
export function checkCommand(name: string, { run, cwd = ".", env = {} }: CommandDefinition): Check {
  const [program = ""] = run;
  const what = `${name}: ${program}`;
  if (!isFolder(cwd)) return broken(what, `the folder ${cwd} is not there`, "Correct `cwd`.");
  const path = env["PATH"] ?? process.env["PATH"] ?? "";
  const places = /[/\\]/.test(program)
    ? [resolve(cwd, program)]
    : path.split(delimiter).map((folder) => join(folder, program));
  const found = places.flatMap((place) => ENDINGS.map((ending) => `${place}${ending}`)).find(canRun);
  if (found !== undefined) return fine(what, `is ${found}`);
  return broken(what, "is no program that can be run", "Correct `run`: program first, no shell reads it.");
}

/** Windows finds a program without the end of its name. */
const ENDINGS: readonly string[] =
  process.platform === "win32" ? ["", ...(process.env["PATHEXT"] ?? ".EXE").split(";")] : [""];

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
