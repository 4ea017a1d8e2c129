import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type OutputChunk, rolldown } from "rolldown";
import { entriesOf } from "./build-entries.ts";
import { thirdPartyNotice } from "./third-party.ts";

// Makes the JavaScript of the package, after the compiler wrote its declarations: few large files load in half the time
// that many small ones take. What only one command or one protocol needs stays in a file of its own.

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const DIST = fileURLToPath(new URL("../dist", import.meta.url));

/** Never copied: what the user brings along, what finds its WebAssembly beside itself, what asks for `require` in an eval. */
const ALWAYS_OUTSIDE = [
  /^playwright/,
  /^@playwright\//,
  /^vitest/,
  /^ioredis$/,
  /^libxml2-wasm/,
  /^covertable$/,
];

interface Part {
  readonly entries: Readonly<Record<string, string>>;
  /** Where what several entries share goes; two folders deep, as the scenarios are looked for from there. */
  readonly shared: string;
  readonly isOutside: (id: string) => boolean;
}

function isOwn(id: string): boolean {
  return /^[./]/.test(id) || /^[a-z]:\\/i.test(id);
}

async function bundle({ entries, shared, isOutside }: Part): Promise<readonly OutputChunk[]> {
  const build = await rolldown({
    input: entries,
    cwd: ROOT,
    platform: "node",
    external: isOutside,
    transform: { target: "node22" },
    // depd makes its wrappers so, and reaches nothing but itself.
    checks: { eval: false },
    onLog: (level, log) => {
      if (level === "warn") throw new Error(log.message);
    },
  });
  const { output } = await build.write({
    dir: DIST,
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: `${shared}/[name]-[hash].js`,
  });
  await build.close();
  return output.filter((file) => file.type === "chunk");
}

const { library, harness } = await entriesOf(ROOT);
// Whoever judges evidence in production keeps every say in what versions of the dependencies that runs on.
await bundle({
  entries: library,
  shared: "src/chunks",
  isOutside: (id) => !isOwn(id) && !id.startsWith("src/"),
});
const chunks = await bundle({
  entries: harness,
  shared: "harness/chunks",
  isOutside: (id) => ALWAYS_OUTSIDE.some((pattern) => pattern.test(id)),
});
const modules = chunks.flatMap(({ moduleIds }) => moduleIds);
await writeFile(`${DIST}/THIRD-PARTY.md`, await thirdPartyNotice(modules));
