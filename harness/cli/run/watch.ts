import { EventEmitter, once } from "node:events";
import { type FSWatcher, statSync, watch } from "node:fs";
import { basename, dirname } from "node:path";
import { setTimeout as after } from "node:timers/promises";

/** Editors write a file in several steps; what comes within this time is one change. */
const ONE_CHANGE_MILLISECONDS = 100;

/** Whatever else is written into a folder, such as a report, is no reason to run again. */
function isRead(name: string): boolean {
  return /\.ya?ml$/.test(name);
}

/** A file is watched by its folder: editors put a new file in place of the old one, and it may not be there yet. */
function watchPath(path: string, onChange: (name: string) => void): readonly FSWatcher[] {
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
      return [
        watch(path, { recursive: true }, (_event, name) => name !== null && isRead(name) && onChange(name)),
      ];
    }
    return [watch(dirname(path), (_event, name) => name === basename(path) && onChange(path))];
  } catch {
    return [];
  }
}

/**
 * Tells of each change to YAML files below some paths, until aborted; watches from the call on.
 *
 * @param paths files and folders
 */
export function changes(paths: readonly string[], signal: AbortSignal): AsyncGenerator<string> {
  const changed = new Set<string>();
  const heard = new EventEmitter();
  const watchers = paths.flatMap((path) =>
    watchPath(path, (name) => {
      changed.add(name);
      heard.emit("change");
    }),
  );
  const next = async (): Promise<string | undefined> => {
    if (changed.size === 0) await once(heard, "change", { signal });
    await after(ONE_CHANGE_MILLISECONDS, undefined, { signal });
    const [path] = changed;
    changed.clear();
    return path;
  };
  return tellEach(next, watchers, signal);
}

async function* tellEach(
  next: () => Promise<string | undefined>,
  watchers: readonly FSWatcher[],
  signal: AbortSignal,
): AsyncGenerator<string> {
  try {
    while (!signal.aborted) {
      const path = await next();
      if (path !== undefined) yield path;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    for (const watcher of watchers) watcher.close();
  }
}
