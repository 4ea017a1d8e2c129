import { loadBundled } from "../../harness/scenario/load.ts";

/** Some of the scenarios that come along, each as the text of a file of its own, by the name of the file. */
export async function scenarioFiles(ids: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const scenarios = await loadBundled(ids);
  return Object.fromEntries(
    scenarios.map(({ file: _file, ...said }) => [`${said.id}.yaml`, JSON.stringify(said)]),
  );
}
