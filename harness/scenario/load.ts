import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { HarnessError } from "../errors.ts";
import { BUNDLED_SCENARIOS } from "./bundled.ts";
import { alikeMembers, matrixDocuments } from "./matrix.ts";
import { type Scenario, scenarioSchema } from "./schema.ts";
import { problemLine, readYaml, type YamlProblem, type YamlResult } from "./yaml-file.ts";

/**
 * Loads scenario files, all or none.
 *
 * @param paths files, or folders searched in depth for `*.yaml`
 * @returns scenarios in the order of their file names, so that a run is the same everywhere
 * @throws HarnessError `ERR_FILE_UNREADABLE` for a path that is not there, `ERR_SCENARIO_INVALID` listing every
 *   problem of every file as `file:line:column`
 */
export async function loadScenarios(paths: readonly string[]): Promise<readonly Scenario[]> {
  const files = (await Promise.all(paths.map(scenarioFiles))).flat();
  const texts = await Promise.all(files.map(readText));
  const fileOfId = new Map<string, string>();
  const results = files.map((file, index) => readScenarios(file, texts[index] ?? "", fileOfId));
  const problems = results.flatMap((result) => ("problems" in result ? result.problems : []));
  if (problems.length > 0) throw invalid(problems);
  const scenarios = results.flatMap((result) => ("value" in result ? result.value : []));
  if (scenarios.length === 0) throw nothingIn(paths);
  return scenarios;
}

/** One scenario, or one for each combination of its matrix; the same problem in all of them is told once. */
function readScenarios(
  file: string,
  text: string,
  fileOfId: Map<string, string>,
): YamlResult<readonly Scenario[]> {
  const source = readYaml(file, text);
  if ("problems" in source) return source;
  const schema = schemaFor(file, fileOfId);
  const problems = new Map<string, YamlProblem>();
  const scenarios: Scenario[] = [];
  let alike: ReadonlySet<string> | undefined;
  for (const { value, label } of matrixDocuments(source.value)) {
    const result = source.check(schema, value);
    if ("problems" in result) {
      for (const problem of result.problems) problems.set(problemLine(problem), problem);
      continue;
    }
    const [first] = scenarios;
    if (first !== undefined) alike ??= alikeMembers(source.value);
    const scenario = first === undefined ? result.value : sharing(result.value, first, alike);
    scenarios.push({ ...scenario, id: `${result.value.id}${label}`, file });
  }
  return problems.size > 0 ? { problems: [...problems.values()] } : { value: scenarios };
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

/** The schema with what only the loader knows: the id is the file name, and no other file's id. */
function schemaFor(file: string, fileOfId: Map<string, string>) {
  const name = basename(file, ".yaml");
  return scenarioSchema.superRefine(({ id }, context) => {
    const known = fileOfId.get(id);
    // A matrix makes several scenarios of one file, all of one id.
    const earlier = known === file ? undefined : known;
    fileOfId.set(id, known ?? file);
    const duplicate = `"${id}" is already the id of ${earlier ?? ""}; ids are unique`;
    const misnamed = `expected "${name}", the file name`;
    if (id !== name) context.addIssue({ code: "custom", path: ["id"], message: misnamed });
    else if (earlier !== undefined) context.addIssue({ code: "custom", path: ["id"], message: duplicate });
  });
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
