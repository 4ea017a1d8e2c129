import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const packageSchema = z.object({
  exports: z.record(z.string(), z.union([z.string(), z.object({ default: z.string() })])),
  bin: z.record(z.string(), z.string()),
});

/** What the package shows to the outside: name of the file without its ending, and the source that it is made from. */
export interface Entries {
  /** The part that judges. */
  readonly library: Readonly<Record<string, string>>;
  /** Everything else. */
  readonly harness: Readonly<Record<string, string>>;
}

/** Reads the entries from package.json, where they are written down anyhow. */
export async function entriesOf(root: string): Promise<Entries> {
  const { exports, bin } = packageSchema.parse(
    JSON.parse(await readFile(join(root, "package.json"), "utf8")),
  );
  const files = Object.values(exports).map((target) =>
    typeof target === "string" ? target : target.default,
  );
  const names = [...files, ...Object.values(bin)].flatMap((file) => {
    const [, name] = /^(?:\.\/)?dist\/(.+)\.js$/.exec(file) ?? [];
    return name === undefined ? [] : [name];
  });
  const entries = (belongs: (name: string) => boolean): Readonly<Record<string, string>> =>
    Object.fromEntries(names.filter(belongs).map((name) => [name, join(root, `${name}.ts`)]));
  return {
    library: entries((name) => name.startsWith("src/")),
    harness: entries((name) => !name.startsWith("src/")),
  };
}
