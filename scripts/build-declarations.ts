import { join } from "node:path";
import { type Plugin, rolldown } from "rolldown";
import { dts } from "rolldown-plugin-dts";
import { failOnWarning } from "./build-warnings.ts";

/** What the user has installed: dependencies, peers, and Node's own types. */
const INSTALLED = [/^node:/, /^jose/, /^zod/, /^vitest/, /^playwright/];

/** What the code says to the compiler of a package that is not installed is nobody else's business. */
const ownAugmentations: Plugin = {
  name: "own-augmentations",
  transform: (code) =>
    code.replaceAll(/^declare module "([^"]+)" \{\n(?:(?!\}).*\n)*\}\n/gm, (whole: string, id: string) =>
      isInstalled(id) ? whole : "",
    ),
};

function isInstalled(id: string): boolean {
  return INSTALLED.some((pattern) => pattern.test(id));
}

/**
 * Puts the declarations that the compiler wrote together into a few files that hold only what is public, so that they
 * speak of no package that is not installed.
 *
 * @param root folder of the package
 * @param written where the compiler put its declarations
 * @param names of the entries, without their endings
 * @throws Error for a public type of any other package, or whatever else the bundler warns of
 */
export async function bundleDeclarations(
  root: string,
  written: string,
  names: readonly string[],
): Promise<void> {
  const build = await rolldown({
    input: Object.fromEntries(names.map((name) => [name, join(written, `${name}.d.ts`)])),
    cwd: root,
    platform: "node",
    // Types do nothing, so a package that none of them comes from is not there.
    treeshake: { moduleSideEffects: false },
    external: (id) => !/^[./]/.test(id) && !/^[a-z]:\\/i.test(id),
    plugins: [ownAugmentations, dts({ dtsInput: true, tsconfig: join(root, "tsconfig.build.json") })],
    onLog: failOnWarning,
  });
  const { output } = await build.write({
    dir: join(root, "dist"),
    format: "esm",
    entryFileNames: "[name].ts",
    chunkFileNames: ({ name }) => `declarations/${name.replace(/\.d$/, "")}-[hash].d.ts`,
  });
  await build.close();
  const foreign = output
    .flatMap((file) => (file.type === "chunk" ? foreignIn(file.code) : []))
    .filter((id) => !isInstalled(id));
  if (foreign.length > 0) throw new Error(`public types come from ${foreign.join(", ")}`);
}

/** The packages that declarations speak of, in an import or in a type. */
function foreignIn(code: string): readonly string[] {
  const ids = [...code.matchAll(/(?:\bfrom |\bimport |\bimport\(|\bmodule )"([^"]+)"/g)].map(
    ([, id = ""]) => id,
  );
  return ids.filter((id) => !id.startsWith("."));
}
