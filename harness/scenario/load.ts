import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { HarnessError } from "../errors.ts";
import { BUNDLED_SCENARIOS } from "./bundled.ts";
import { controlProblem } from "./controls.ts";
import { alikeMembers, matrixDocuments } from "./matrix.ts";
import { type Scenario, scenarioSchema } from "./schema.ts";
import { problemLine, readYaml, type YamlProblem, type YamlSource } from "./yaml-file.ts";

/** What came of reading one file; `problems` is empty where the scenarios are good. */
interface ReadFile {
  readonly file: string;
  readonly scenarios: readonly Scenario[];
  readonly problems: readonly YamlProblem[];
  readonly problemAt?: YamlSource["problemAt"];
}

/**
 * Loads scenario files, all or none. A control that is not among them is looked for in those that come along.
 *
 * @param paths files, or folders searched in depth for `*.yaml`
 * @returns scenarios in the order of their file names, so that a run is the same everywhere
 * @throws HarnessError `ERR_FILE_UNREADABLE` for a path that is not there, `ERR_SCENARIO_INVALID` listing every
 *   problem of every file as `file:line:column`
 */
export async function loadScenarios(paths: readonly string[]): Promise<readonly Scenario[]> {
  const files = await readFiles(paths);
  const problems = [...files.flatMap((one) => one.problems), ...(await controlProblems(files))];
  if (problems.length > 0) throw invalid(problems);
  const scenarios = files.flatMap((one) => one.scenarios);
  if (scenarios.length === 0) throw nothingIn(paths);
  return scenarios;
}

async function readFiles(paths: readonly string[]): Promise<readonly ReadFile[]> {
  const files = (await Promise.all(paths.map(scenarioFiles))).flat();
  const texts = await Promise.all(files.map(readText));
  const fileOfId = new Map<string, string>();
  return files.map((file, index) => readScenarios(file, texts[index] ?? "", fileOfId));
}

/** What the file of a scenario is called, also of one that a matrix made. */
function fileNameOf(id: string): string {
  return id.replace(/\[.*$/s, "");
}

async function controlProblems(files: readonly ReadFile[]): Promise<readonly YamlProblem[]> {
  const scenarios = mapById(files.flatMap((one) => one.scenarios));
  const broken = new Set(files.filter((one) => one.problems.length > 0).map(({ file }) => stem(file)));
  const bundled = await bundledControls(
    [...scenarios.values()],
    new Set(files.map(({ file }) => stem(file))),
  );
  const controls = mapById(bundled.scenarios);
  const source = {
    get: (id: string) => scenarios.get(id) ?? controls.get(id),
    ids: () => [...scenarios.keys(), ...controls.keys(), ...bundled.names],
  };
  const problems = new Map<string, YamlProblem>();
  for (const { scenarios: own, problemAt } of files) {
    // Of the many scenarios that a matrix makes, those that are alike in what is asked here are asked once.
    const asked = new Map(own.map((scenario) => [askedOfControl(scenario), scenario]));
    for (const scenario of asked.values()) {
      // A control that could not be read is told of already.
      if (broken.has(fileNameOf(scenario.control ?? ""))) continue;
      const found = controlProblem(scenario, source);
      const problem = found === undefined ? undefined : problemAt?.(found.path, found.message);
      if (problem !== undefined) problems.set(problemLine(problem), problem);
    }
  }
  return [...problems.values()];
}

function mapById(scenarios: readonly Scenario[]): ReadonlyMap<string, Scenario> {
  return new Map(scenarios.map((one) => [one.id, one]));
}

function askedOfControl({ id, control, emission, transport, expect }: Scenario): string {
  return JSON.stringify([control, control === id, emission.channel, transport, expect.decision]);
}

/**
 * Reads the controls of scenarios that are not among them from those that come along. Of these, no other is read.
 *
 * @throws HarnessError `ERR_FILE_UNREADABLE` for a catalogue that is not there
 */
export async function loadControls(scenarios: readonly Scenario[]): Promise<readonly Scenario[]> {
  const given = new Set(scenarios.map(({ id }) => fileNameOf(id)));
  return (await bundledControls(scenarios, given)).scenarios;
}

interface Bundled {
  readonly scenarios: readonly Scenario[];
  readonly names: readonly string[];
}

async function bundledControls(scenarios: readonly Scenario[], given: ReadonlySet<string>): Promise<Bundled> {
  const controls = new Set(scenarios.map(({ control = "" }) => fileNameOf(control)));
  const missing = [...controls].filter((name) => name !== "" && !given.has(name));
  if (missing.length === 0) return { scenarios: [], names: [] };
  const paths = await scenarioFiles(BUNDLED_SCENARIOS);
  const read = await readFiles(paths.filter((path) => missing.includes(stem(path))));
  return { scenarios: read.flatMap((one) => one.scenarios), names: paths.map(stem) };
}

function stem(file: string): string {
  return basename(file, ".yaml");
}

/** One scenario, or one for each combination of its matrix; the same problem in all of them is told once. */
function readScenarios(file: string, text: string, fileOfId: Map<string, string>): ReadFile {
  const source = readYaml(file, text);
  if ("problems" in source) return { file, scenarios: [], problems: source.problems };
  const problems = new Map<string, YamlProblem>();
  const scenarios: Scenario[] = [];
  let alike: ReadonlySet<string> | undefined;
  for (const { value, label } of matrixDocuments(source.value)) {
    const result = source.check(scenarioSchema, value);
    if ("problems" in result) {
      for (const problem of result.problems) problems.set(problemLine(problem), problem);
      continue;
    }
    const misnamed = idProblem(file, result.value.id, fileOfId);
    if (misnamed !== undefined) {
      const problem = source.problemAt(["id"], misnamed);
      problems.set(problemLine(problem), problem);
      continue;
    }
    const [first] = scenarios;
    if (first !== undefined) alike ??= alikeMembers(source.value);
    const scenario = first === undefined ? result.value : sharing(result.value, first, alike);
    scenarios.push({ ...scenario, id: `${result.value.id}${label}`, file });
  }
  return { file, scenarios, problems: [...problems.values()], problemAt: source.problemAt };
}

/** Of a hundred thousand combinations, what is alike is kept once. */
function sharing<Value extends object>(
  next: Value,
  first: Value,
  alike: ReadonlySet<string> | undefined,
): Value {
  const shared = { ...next };
  for (const name in shared) if (alike?.has(name) === true) shared[name] = first[name];
  return shared;
}

/**
 * What only the loader can check: the id is the file name, and no other file's id. A matrix makes several scenarios of
 * one file, all of one id. A schema made for each file would check the same, and be compiled a thousand times.
 */
function idProblem(file: string, id: string, fileOfId: Map<string, string>): string | undefined {
  const known = fileOfId.get(id);
  fileOfId.set(id, known ?? file);
  if (id !== stem(file)) return `expected "${stem(file)}", the file name`;
  if (known === undefined || known === file) return undefined;
  return `"${id}" is already the id of ${known}; ids are unique`;
}

async function scenarioFiles(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  if (found.isFile()) return [path];
  const entries = await readdir(path, { recursive: true });
  return entries
    .filter((entry) => entry.endsWith(".yaml"))
    .toSorted()
    .map((entry) => join(path, entry));
}

async function readText(file: string): Promise<string> {
  return await readFile(file, "utf8").catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
}

function unreadable(path: string, cause: unknown): HarnessError {
  const hint = "Check the path; scenarios are *.yaml files or folders of them.";
  return new HarnessError("ERR_FILE_UNREADABLE", `cannot read ${path}`, hint, { cause });
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
