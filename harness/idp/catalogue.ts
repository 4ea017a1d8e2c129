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
  /** The one of this id; of all files only its own is read. */
  readonly find: (id: string) => Promise<CatalogueEntry | undefined>;
}

/** What reads scenarios brings the schema's library, so it waits until somebody asks. */
async function load() {
  return await import("../scenario/load.ts");
}

async function loadAll(): Promise<readonly CatalogueEntry[]> {
  const { BUNDLED_SCENARIOS } = await import("../scenario/bundled.ts");
  return await (await load()).loadScenarios([BUNDLED_SCENARIOS]);
}

/** The scenarios that come with the package; many files, read when somebody asks. */
function bundledCatalogue(): Catalogue {
  let all: Promise<readonly CatalogueEntry[]> | undefined;
  let files: Promise<ReadonlyMap<string, string>> | undefined;
  const read = new Map<string, Promise<readonly CatalogueEntry[]>>();
  return {
    all: async () => await (all ??= loadAll()),
    find: async (id) => {
      const { bundledFiles, loadScenarios } = await load();
      const file = (await (files ??= bundledFiles())).get(id);
      if (file === undefined) return undefined;
      const entries = read.get(file) ?? loadScenarios([file]);
      read.set(file, entries);
      return (await entries).find((entry) => entry.id === id);
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
