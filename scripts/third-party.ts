import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const manifestSchema = z.object({ name: z.string(), version: z.string(), license: z.string() });

/** Licenses that let a copy be passed on under this package's own, with their text beside it. */
const TAKEN = [
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "ISC",
  "MIT",
  "Unlicense",
];

/** The folder of the package that a module belongs to; undefined: it is ours. */
function packageFolder(module: string): string | undefined {
  const [folder] = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(module.replaceAll("\\", "/")) ?? [];
  return folder;
}

function isTaken(license: string): boolean {
  // "(MIT OR CC0-1.0)" leaves the choice; "MIT License" is what some write.
  return license
    .replaceAll(/[()]| License$/g, "")
    .split(" OR ")
    .some((one) => TAKEN.includes(one));
}

/** A package whose code was copied. */
export interface CopiedPackage {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  /** As its author wrote it. */
  readonly license: string;
}

/**
 * The packages that were copied into the build, by name and version.
 *
 * @param modules paths of all modules in it, our own too
 * @throws Error when a package is under a license that forbids it
 */
export async function copiedPackages(modules: readonly string[]): Promise<readonly CopiedPackage[]> {
  const folders = new Set(modules.flatMap((module) => packageFolder(module) ?? []));
  return await Promise.all([...folders].toSorted().map(readPackage));
}

async function readPackage(folder: string): Promise<CopiedPackage> {
  const manifest = manifestSchema.parse(JSON.parse(await readFile(join(folder, "package.json"), "utf8")));
  const { name, license } = manifest;
  if (!isTaken(license))
    throw new Error(`${name} is under ${license}, so it cannot be copied into the package`);
  return { ...manifest, folder };
}

/** One package with the text of its license, as that asks for. */
async function sectionOf({ folder, name, version, license }: CopiedPackage): Promise<string> {
  const files = (await readdir(folder))
    .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
    .toSorted();
  const texts = await Promise.all(files.map(async (file) => await readFile(join(folder, file), "utf8")));
  const quoted = texts.map((one) => `\n\`\`\`\n${one.trim()}\n\`\`\`\n`);
  return [`## ${name} ${version}\n\nLicense: ${license}\n`, ...quoted].join("");
}

/** The notice about every package that was copied into the build. */
export async function thirdPartyNotice(packages: readonly CopiedPackage[]): Promise<string> {
  const sections = await Promise.all(packages.map(sectionOf));
  const heading = "# Third-party software\n\nThe files in `harness/` contain copies of these packages.\n";
  return [heading, ...sections].join("\n");
}
