import { join } from "node:path";
import { HarnessError } from "../errors.ts";
import { BUNDLED_SCENARIOS } from "./bundled.ts";
import { controlProblem } from "./controls.ts";
import { readScenarioTexts, type TextFile } from "./files.ts";
import { idsInText, nameOf } from "./ids.ts";
import { type ReadFile, readScenarioFile } from "./read-file.ts";
import type { Scenario } from "./schema.ts";
import { problemLine, type YamlProblem } from "./yaml-file.ts";

/**
 * Loads scenario files, all or none. A control that is not among them is looked for in those that come along.
 *
 * @param paths files, or folders searched in depth for `*.yaml`; a file holds one scenario or a table of them
 * @returns scenarios in the order of their file names and in that of their tables, so that a run is the same everywhere
 * @throws HarnessError `ERR_FILE_UNREADABLE` for a path that is not there, `ERR_SCENARIO_INVALID` listing every
 *   problem of every file as `file:line:column`
 */
export async function loadScenarios(paths: readonly string[]): Promise<readonly Scenario[]> {
  const files = readAll(await readScenarioTexts(paths));
  const problems = [...files.flatMap((one) => one.problems), ...(await controlProblems(files))];
  if (problems.length > 0) throw invalid(problems);
  const scenarios = files.flatMap((one) => one.scenarios);
  if (scenarios.length === 0) throw nothingIn(paths);
  return scenarios;
}

/**
 * Loads some of the scenarios that come along, and of their files only those that have them.
 *
 * @returns those that there are, in the order of the names; of a scenario with a matrix each combination
 */
export async function loadBundled(names: readonly string[]): Promise<readonly Scenario[]> {
  const wanted = new Set(names);
  if (wanted.size === 0) return [];
  const { scenarios } = readBundled(await readScenarioTexts([BUNDLED_SCENARIOS]), wanted);
  return [...wanted].flatMap((name) => scenarios.filter(({ id }) => nameOf(id) === name));
}

/**
 * Loads the controls of scenarios that are not among them from those that come along.
 *
 * @throws HarnessError `ERR_FILE_UNREADABLE` for a catalogue that is not there
 */
export async function loadControls(scenarios: readonly Scenario[]): Promise<readonly Scenario[]> {
  const given = new Set(scenarios.map(({ id }) => nameOf(id)));
  return await loadBundled([...missingControls(scenarios, given)]);
}

/** The file of each scenario that comes along, by its id; none of them is read further than that. */
export async function bundledFiles(): Promise<ReadonlyMap<string, string>> {
  const texts = await readScenarioTexts([BUNDLED_SCENARIOS]);
  return new Map(texts.flatMap(({ file, text }) => idsInText(text).map((id) => [id, file] as const)));
}

function readAll(texts: readonly TextFile[]): readonly ReadFile[] {
  const placeOfName = new Map<string, string>();
  return texts.map(({ file, text }) => readScenarioFile(file, text, placeOfName));
}

interface Bundled {
  readonly scenarios: readonly Scenario[];
  /** Of all that come along, also those that were not read. */
  readonly names: readonly string[];
}

function readBundled(texts: readonly TextFile[], wanted: ReadonlySet<string>): Bundled {
  const found = texts.map((each) => ({ each, names: idsInText(each.text) }));
  const having = found.filter(({ names }) => names.some((name) => wanted.has(name)));
  return {
    scenarios: readAll(having.map(({ each }) => each)).flatMap(({ scenarios }) => scenarios),
    names: found.flatMap(({ names }) => names),
  };
}

async function controlProblems(files: readonly ReadFile[]): Promise<readonly YamlProblem[]> {
  const scenarios = new Map(files.flatMap((one) => one.scenarios).map((one) => [one.id, one]));
  const broken = new Set(files.filter((one) => one.problems.length > 0).flatMap(({ names }) => names));
  const bundled = await bundledControls(
    [...scenarios.values()],
    new Set(files.flatMap(({ names }) => names)),
  );
  const others = new Map(bundled.scenarios.map((one) => [one.id, one]));
  const source = {
    get: (id: string) => scenarios.get(id) ?? others.get(id),
    ids: () => [...scenarios.keys(), ...others.keys(), ...bundled.names],
  };
  return files.flatMap(({ scenarios: own, locate }) => {
    // Of the many scenarios that a matrix makes, those that are alike in what is asked here are asked once.
    const asked = new Map(own.map((scenario) => [askedOfControl(scenario), scenario]));
    const complaints = [...asked.values()].flatMap((scenario) => {
      // A control that could not be read is told of already.
      if (broken.has(nameOf(scenario.control ?? ""))) return [];
      const found = controlProblem(scenario, source);
      return found === undefined ? [] : [{ ...found, wanted: "value" as const, id: nameOf(scenario.id) }];
    });
    return locate(complaints, new Set(own.map(({ id }) => nameOf(id))));
  });
}

function askedOfControl({ id, control, emission, transport, expect }: Scenario): string {
  return JSON.stringify([nameOf(id), control, control === id, emission.channel, transport, expect.decision]);
}

/** Controls that the files given do not have; of all that come along, only the files that have them are read. */
async function bundledControls(scenarios: readonly Scenario[], given: ReadonlySet<string>): Promise<Bundled> {
  const missing = missingControls(scenarios, given);
  if (missing.size === 0) return { scenarios: [], names: [] };
  return readBundled(await readScenarioTexts([BUNDLED_SCENARIOS]), missing);
}

function missingControls(scenarios: readonly Scenario[], given: ReadonlySet<string>): ReadonlySet<string> {
  const controls = new Set(scenarios.map(({ control = "" }) => nameOf(control)));
  return new Set([...controls].filter((name) => name !== "" && !given.has(name)));
}

function nothingIn(paths: readonly string[]): HarnessError {
  const hint = "Name a folder that holds *.yaml scenarios, or a scenario file.";
  return new HarnessError("ERR_SCENARIO_INVALID", `no scenario found in ${paths.join(", ")}`, hint);
}

function invalid(problems: readonly YamlProblem[]): HarnessError {
  const schema = join(BUNDLED_SCENARIOS, "scenario.schema.json");
  const hint = `Mend the places above; nothing was run. The schema is ${schema}.`;
  return new HarnessError("ERR_SCENARIO_INVALID", problems.map(problemLine).join("\n"), hint);
}
