import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { HarnessError } from "../errors.ts";

/** A file with what stands in it. */
export interface TextFile {
  readonly file: string;
  readonly text: string;
}

/**
 * Reads scenario files.
 *
 * @param paths files, or folders searched in depth for `*.yaml`
 * @returns the files of each path in the order of their names
 * @throws HarnessError `ERR_FILE_UNREADABLE` for a path that is not there
 */
export async function readScenarioTexts(paths: readonly string[]): Promise<readonly TextFile[]> {
  const files = (await Promise.all(paths.map(scenarioFiles))).flat();
  return await Promise.all(files.map(readText));
}

async function scenarioFiles(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  if (found.isFile()) return [path];
  const entries = await readdir(path, { recursive: true });
  return entries
    .filter((entry) => entry.endsWith(".yaml"))
    .toSorted()
    .map((entry) => join(path, entry));
}

async function readText(file: string): Promise<TextFile> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
  return { file, text };
}

function unreadable(path: string, cause: unknown): HarnessError {
  const hint = "Check the path; scenarios are *.yaml files or folders of them.";
  return new HarnessError("ERR_FILE_UNREADABLE", `cannot read ${path}`, hint, { cause });
}
