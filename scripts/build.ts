import { cp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type OutputChunk, rolldown, RUNTIME_MODULE_ID } from "rolldown";
import { builtinsPlugin } from "./build-builtins.ts";
import { type Bundled, chunkGroups } from "./build-chunks.ts";
import { bundleDeclarations } from "./build-declarations.ts";
import { entriesOf } from "./build-entries.ts";
import { failOnWarning } from "./build-warnings.ts";
import { billOfMaterials } from "./sbom.ts";
import { copiedPackages, thirdPartyNotice } from "./third-party.ts";

// Makes the JavaScript of the package, after the compiler wrote its declarations: few large files load in half the time
// that many small ones take. What only one command or one protocol needs stays in a file of its own.

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const DIST = fileURLToPath(new URL("../dist", import.meta.url));

/** Where tsconfig.build.json has the compiler put its declarations. */
const WRITTEN = `${DIST}/.written`;

/** Never copied: what the user brings along, what finds its WebAssembly beside itself. */
const ALWAYS_OUTSIDE = [/^playwright/, /^@playwright\//, /^vitest/, /^ioredis$/, /^libxml2-wasm/];

const own = (path: string): string => join(ROOT, path);

/** What is loaded together, the smallest start first. */
const TOGETHER: readonly Bundled[] = [
  { name: "base", roots: [RUNTIME_MODULE_ID, own("harness/errors.ts")] },
  {
    name: "judge",
    roots: [
      fileURLToPath(import.meta.resolve("jose/key/import")),
      ...["harness/cli/program.ts", "harness/cli/commands/judge.ts"].map(own),
    ],
  },
  { name: "idp", roots: [own("harness/idp/start-idp.ts")] },
  { name: "web", roots: [own("harness/idp/app.ts")] },
  // What of the API is there before it is called.
  { name: "schema", roots: [own("harness/index.ts")] },
  { name: "oidc", roots: ["harness/idp/oidc/engine.ts", "harness/idp/oidc/sign-in.ts"].map(own) },
  {
    name: "run",
    roots: ["harness/cli/commands/run.ts", "harness/run/start-targets.ts", "harness/run/run.ts"].map(own),
  },
];

/** Code of a thread lies beside the code that starts it. */
const THREADS = { "harness/chunks/worker": own("harness/target/adapters/worker.ts") } as const;

interface Part {
  readonly entries: Readonly<Record<string, string>>;
  /** Where what several entries share goes; two folders deep, as the scenarios are looked for from there. */
  readonly shared: string;
  readonly isOutside: (id: string) => boolean;
  readonly together: readonly Bundled[];
}

function isOwn(id: string): boolean {
  return /^[./]/.test(id) || /^[a-z]:\\/i.test(id);
}

async function bundle({ entries, shared, isOutside, together }: Part): Promise<readonly OutputChunk[]> {
  const build = await rolldown({
    input: entries,
    cwd: ROOT,
    platform: "node",
    external: isOutside,
    transform: { target: "node22" },
    plugins: [builtinsPlugin],
    // depd makes its wrappers by an eval, and reaches nothing but itself; what is loaded late may be in the same file.
    checks: { eval: false, ineffectiveDynamicImport: false },
    onLog: failOnWarning,
  });
  const { output } = await build.write({
    dir: DIST,
    format: "esm",
    // Who writes code against this reads the declarations, which keep them.
    comments: { jsdoc: false },
    codeSplitting: { groups: chunkGroups(together) },
    entryFileNames: "[name].js",
    chunkFileNames: `${shared}/[name]-[hash].js`,
  });
  await build.close();
  return output.filter((file) => file.type === "chunk");
}

const { library, harness, declared } = await entriesOf(ROOT);
// The compiler wrote a declaration for every file; what is public of them goes into a few.
await bundleDeclarations(ROOT, WRITTEN, declared);
await rm(WRITTEN, { recursive: true });
// Whoever judges evidence in production keeps every say in what versions of the dependencies that runs on.
await bundle({
  entries: library,
  shared: "src/chunks",
  isOutside: (id) => !isOwn(id) && !id.startsWith("src/"),
  together: [],
});
const chunks = await bundle({
  entries: { ...harness, ...THREADS },
  shared: "harness/chunks",
  isOutside: (id) => ALWAYS_OUTSIDE.some((pattern) => pattern.test(id)),
  together: TOGETHER,
});
const packages = await copiedPackages(chunks.flatMap(({ moduleIds }) => moduleIds));
await writeFile(`${DIST}/THIRD-PARTY.md`, await thirdPartyNotice(packages));
await writeFile(
  `${DIST}/sbom.cdx.json`,
  `${JSON.stringify(await billOfMaterials(ROOT, packages), undefined, 2)}\n`,
);
await cp(`${ROOT}scenarios`, `${DIST}/scenarios`, { recursive: true });
