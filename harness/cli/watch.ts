import { EventEmitter, once } from "node:events";
import { type FSWatcher, watch } from "node:fs";
import { setTimeout as after } from "node:timers/promises";

/** Editors write a file in several steps; what comes within this time is one change. */
const ONE_CHANGE_MILLISECONDS = 100;

/** A path that is not there is not watched. */
function watchPath(path: string, onChange: (name: string) => void): readonly FSWatcher[] {
  try {
    return [watch(path, { recursive: true }, (_event, name) => onChange(name ?? path))];
  } catch {
    return [];
  }
}

/**
 * Tells of each change below some paths, until aborted.
 *
 * @param paths files and folders
 */
export async function* changes(paths: readonly string[], signal: AbortSignal): AsyncGenerator<string> {
  const changed = new Set<string>();
  const heard = new EventEmitter();
  const onChange = (name: string): void => {
    changed.add(name);
    heard.emit("change");
  };
  const watchers = paths.flatMap((path) => watchPath(path, onChange));
  try {
    while (!signal.aborted) {
      if (changed.size === 0) await once(heard, "change", { signal });
      await after(ONE_CHANGE_MILLISECONDS, undefined, { signal });
      const [path] = changed;
      changed.clear();
      if (path !== undefined) yield path;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    for (const watcher of watchers) watcher.close();
  }
}
