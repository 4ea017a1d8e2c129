import { basename } from "node:path";
import { idsInText } from "./ids.ts";
import { alikeMembers, matrixDocuments } from "./matrix.ts";
import { type Scenario, scenarioSchema } from "./schema.ts";
import { type Entry, isTable, readTable, type Table } from "./table.ts";
import {
  complaintsOf,
  placeText,
  problemLine,
  readYaml,
  type SchemaComplaint,
  type YamlProblem,
  type YamlSource,
} from "./yaml-file.ts";

/** What is wrong with one scenario of a file, told by its id. */
interface ScenarioComplaint extends SchemaComplaint {
  readonly id: string;
}

/** What came of reading one file; `problems` is empty where the scenarios are good. */
export interface ReadFile {
  /** What its scenarios are called, those that are no good too; of a matrix the one name. */
  readonly names: readonly string[];
  readonly scenarios: readonly Scenario[];
  readonly problems: readonly YamlProblem[];
  /**
   * Finds the places of what shows only beside other files; the same of all that share it is told once.
   *
   * @param asked names of those that were looked at; they either complain or are good
   */
  readonly locate: (
    complaints: readonly ScenarioComplaint[],
    asked: ReadonlySet<string>,
  ) => readonly YamlProblem[];
}

/**
 * Reads the scenarios of a file: one, or the cases of a table, and of each one for each combination of its matrix.
 *
 * @param file its name, which one scenario has as its id
 * @param placeOfName where each name stands that was read so far; those of this file are added
 */
export function readScenarioFile(file: string, text: string, placeOfName: Map<string, string>): ReadFile {
  const source = readYaml(file, text);
  if ("problems" in source) {
    return { names: idsInText(text), scenarios: [], problems: source.problems, locate: () => [] };
  }
  const { entries, shared, problems } = entriesOf(file, source);
  const read = entries.map((entry) => readEntry(file, entry));
  const locate = locator(entries, source.problemAt);
  const names = entries.length === 0 ? idsInText(text) : entries.map(({ name }) => name);
  return {
    names,
    scenarios: read.flatMap(({ scenarios }) => scenarios),
    problems: withoutDoubles([
      ...problems,
      ...(shared === undefined ? [] : sharedProblems(shared, source.problemAt)),
      ...locate(
        read.flatMap(({ complaints }) => complaints),
        new Set(names),
      ),
      ...takenNames(entries, source.problemAt, placeOfName),
    ]),
    locate,
  };
}

function entriesOf(file: string, { value, problemAt }: YamlSource): Table {
  if (isTable(value)) return readTable(value, problemAt);
  const alone: Entry = { name: basename(file, ".yaml"), document: value, placeOf: (place) => place };
  return { entries: [alone], shared: undefined, problems: [] };
}

interface ReadEntry {
  readonly scenarios: readonly Scenario[];
  readonly complaints: readonly ScenarioComplaint[];
}

/** One scenario, or one for each combination of its matrix. */
function readEntry(file: string, { name, document }: Entry): ReadEntry {
  const scenarios: Scenario[] = [];
  const complaints: ScenarioComplaint[] = [];
  let alike: ReadonlySet<string> | undefined;
  for (const { value, label } of matrixDocuments(document)) {
    const { success, error, data } = scenarioSchema.safeParse(value);
    if (!success) {
      for (const complaint of complaintsOf(error)) complaints.push({ ...complaint, id: name });
      continue;
    }
    const [first] = scenarios;
    if (first !== undefined) alike ??= alikeMembers(document);
    const scenario = first === undefined ? data : sharing(data, first, alike);
    scenarios.push({ ...scenario, id: `${data.id}${label}`, file });
  }
  return { scenarios, complaints };
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

/** What is wrong with the shared members by themselves, also where each case has its own; how they agree is asked of the cases. */
function sharedProblems(shared: Entry, problemAt: YamlSource["problemAt"]): readonly YamlProblem[] {
  const [document] = matrixDocuments(shared.document);
  const { error } = scenarioSchema.safeParse(document?.value);
  const wrong = (error?.issues ?? []).filter(({ code }) => code !== "custom");
  return complaintsOf({ issues: wrong }).flatMap((complaint) => {
    const place = shared.placeOf(complaint);
    return place.path[0] === "shared" ? [problemAt(place, complaint.message)] : [];
  });
}

/**
 * Makes what finds the places of complaints. What stands in `shared` is complained of there where all cases that have it
 * from there complain; where only some do, it does not go together with the case, which is named.
 */
function locator(entries: readonly Entry[], problemAt: YamlSource["problemAt"]): ReadFile["locate"] {
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  return (complaints, asked) => {
    const located = complaints.flatMap((complaint) => {
      const entry = byName.get(complaint.id);
      return entry === undefined ? [] : [{ complaint, entry, place: entry.placeOf(complaint) }];
    });
    const byPlace = Map.groupBy(located, ({ place, complaint: { message } }) =>
      JSON.stringify([place.path, message]),
    );
    const problems = located.map(({ complaint, entry, place }) => {
      const { message } = complaint;
      const there = problemAt(place, message);
      if (entry.ownPlaceOf === undefined || place.path[0] !== "shared") return there;
      const complaining = new Set(
        byPlace.get(JSON.stringify([place.path, message]))?.map((one) => one.entry),
      );
      const having = entries.filter(
        ({ name, placeOf }) => asked.has(name) && placeOf(complaint).path[0] === "shared",
      );
      if (complaining.size === having.length) return there;
      const shared = placeText(there.file, there);
      return problemAt(entry.ownPlaceOf(complaint), `${message}; the case has it from shared, at ${shared}`);
    });
    return withoutDoubles(problems);
  };
}

/** Names that another scenario has, of this file or of one before it. */
function takenNames(
  entries: readonly Entry[],
  problemAt: YamlSource["problemAt"],
  placeOfName: Map<string, string>,
): readonly YamlProblem[] {
  return entries.flatMap(({ name, placeOf, document }) => {
    const place = placeOf({ path: ["id"], wanted: "value" });
    const id = idOf(document);
    const at = (message: string) => problemAt(place, message);
    if (id !== undefined && id !== name) return [at(`expected "${name}", the file name`)];
    const earlier = placeOfName.get(name);
    if (earlier !== undefined)
      return [at(`"${name}" is already the id of the scenario at ${earlier}; ids are unique`)];
    const { file, line, column } = at("");
    placeOfName.set(name, placeText(file, { line, column }));
    return [];
  });
}

function idOf(document: unknown): unknown {
  return typeof document === "object" && document !== null && "id" in document ? document.id : undefined;
}

function withoutDoubles(problems: readonly YamlProblem[]): readonly YamlProblem[] {
  return [...new Map(problems.map((problem) => [problemLine(problem), problem])).values()];
}
