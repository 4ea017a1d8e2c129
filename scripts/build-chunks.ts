import type { CodeSplittingGroup } from "rolldown";

/** What of a module the bundler tells: whom it imports at once, not late. */
export type StaticImports = (module: string) => readonly string[];

/** Every module that comes with one, itself included. */
export function comesWith(root: string, importsOf: StaticImports): ReadonlySet<string> {
  const found = new Set([root]);
  // A set tells those that are added on the way.
  for (const module of found) for (const imported of importsOf(module)) found.add(imported);
  return found;
}

/** A file that is made of all that some modules bring along. */
export interface Bundled {
  readonly name: string;
  /** Ends of the paths of these modules. */
  readonly roots: readonly string[];
}

/**
 * Puts what is always loaded together into one file: each file costs more time to find than to read.
 *
 * @param files in this order, each takes what none before it took; so none needs a later one
 */
export function chunkGroups(files: readonly Bundled[]): CodeSplittingGroup[] {
  const known = new Map<string, ReadonlySet<string>>();
  return files.map(({ name, roots }, index) => ({
    debugName: name,
    name: (module, modules) => {
      const importsOf: StaticImports = (id) => modules.getModuleInfo(id)?.importedIds ?? [];
      const isIn = (root: string): boolean => {
        const found = known.get(root) ?? comesWith(root, importsOf);
        known.set(root, found);
        return found.has(module);
      };
      return roots.some(isIn) ? name : null;
    },
    priority: files.length - index,
  }));
}
