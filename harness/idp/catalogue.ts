import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Emission } from "../emission/emission.ts";

/** One emission that has an issuer of its own. */
export interface CatalogueEntry {
  readonly id: string;
  readonly title: string;
  readonly emission: Emission;
  /** How bad it is that a target takes it. */
  readonly severity?: string | undefined;
  /** The same case in other lists, `<list>/<id>`. */
  readonly covers?: readonly string[] | undefined;
}

/** Emissions that are known by an id. */
export interface Catalogue {
  /** All of them, read once. */
  readonly all: () => Promise<readonly CatalogueEntry[]>;
  /** The one of this id; no other is read. */
  readonly find: (id: string) => Promise<CatalogueEntry | undefined>;
}

/** What reads scenarios brings the schema's library, so it waits until somebody asks. */
async function load() {
  const [{ loadScenarios }, { BUNDLED_SCENARIOS }] = await Promise.all([
    import("../scenario/load.ts"),
    import("../scenario/bundled.ts"),
  ]);
  return { loadScenarios, folder: BUNDLED_SCENARIOS };
}

async function listFiles(): Promise<ReadonlyMap<string, string>> {
  const { folder } = await load();
  const paths = await readdir(folder, { recursive: true });
  const files = paths.filter((path) => path.endsWith(".yaml"));
  return new Map(files.map((path) => [basename(path, ".yaml"), join(folder, path)]));
}

/** The scenarios that come with the package; hundreds of files, read when somebody asks. */
function bundledCatalogue(): Catalogue {
  let all: Promise<readonly CatalogueEntry[]> | undefined;
  let files: Promise<ReadonlyMap<string, string>> | undefined;
  return {
    all: async () => await (all ??= load().then(({ loadScenarios, folder }) => loadScenarios([folder]))),
    find: async (id) => {
      const file = (await (files ??= listFiles())).get(id);
      if (file === undefined) return undefined;
      const { loadScenarios } = await load();
      return (await loadScenarios([file]))[0];
    },
  };
}

/** Makes a catalogue of the given entries, or of the scenarios that come with the package. */
export function makeCatalogue(given: readonly CatalogueEntry[] | undefined): Catalogue {
  if (given === undefined) return bundledCatalogue();
  return {
    all: async () => await Promise.resolve(given),
    find: async (id) => await Promise.resolve(given.find((entry) => entry.id === id)),
  };
}
