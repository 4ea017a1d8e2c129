import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const packageSchema = z.object({
  exports: z.record(z.string(), z.union([z.string(), z.object({ types: z.string(), default: z.string() })])),
  bin: z.record(z.string(), z.string()),
});

/** What the package shows to the outside: name of the file without its ending, and the source that it is made from. */
export interface Entries {
  /** The part that judges. */
  readonly library: Readonly<Record<string, string>>;
  /** Everything else. */
  readonly harness: Readonly<Record<string, string>>;
  /** Names of those whose declarations are public. */
  readonly declared: readonly string[];
}

/** Reads the entries from package.json, where they are written down anyhow. */
export async function entriesOf(root: string): Promise<Entries> {
  const { exports, bin } = packageSchema.parse(
    JSON.parse(await readFile(join(root, "package.json"), "utf8")),
  );
  const files = Object.values(exports).map((target) =>
    typeof target === "string" ? target : target.default,
  );
  const declarations = Object.values(exports).map((target) =>
    typeof target === "string" ? target : target.types,
  );
  const names = [...files, ...Object.values(bin)].flatMap((file) => nameIn(file, ".js"));
  const entries = (belongs: (name: string) => boolean): Readonly<Record<string, string>> =>
    Object.fromEntries(names.filter(belongs).map((name) => [name, sourceOf(root, name)]));
  return {
    library: entries((name) => name.startsWith("src/")),
    harness: entries((name) => !name.startsWith("src/")),
    declared: declarations.flatMap((file) => nameIn(file, ".d.ts")),
  };
}

/** What it is made from: TypeScript, but for what every Node.js has to be able to read. */
function sourceOf(root: string, name: string): string {
  const typeScript = join(root, `${name}.ts`);
  return existsSync(typeScript) ? typeScript : `${typeScript}.js`;
}

/** The name of a file in `dist`, if it is one and has this ending. */
function nameIn(file: string, ending: string): readonly string[] {
  const [, path] = /^(?:\.\/)?dist\/(.+)$/.exec(file) ?? [];
  return path?.endsWith(ending) === true ? [path.slice(0, -ending.length)] : [];
}
