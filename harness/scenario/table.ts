import { nameOf } from "./ids.ts";
import type { YamlPlace, YamlProblem, YamlSource } from "./yaml-file.ts";

/** A scenario as its file writes it: the file's only one, or a case of a table. */
export interface Entry {
  /** What the file calls it: by its own name, or by the key of the case. */
  readonly name: string;
  /** What the schema is held against. */
  readonly document: unknown;
  /** Where in the file a member of the document stands. */
  readonly placeOf: (place: YamlPlace) => YamlPlace;
  /** In a table: the same where a member does not stand in the case, but is shared. */
  readonly ownPlaceOf?: (place: YamlPlace) => YamlPlace;
}

/** A table, taken apart. */
export interface Table {
  readonly entries: readonly Entry[];
  /** What all cases share, made whole by the first of them: shows what is wrong even where each case has its own. */
  readonly shared: Entry | undefined;
  readonly problems: readonly YamlProblem[];
}

type Mapping = Readonly<Record<string, unknown>>;
type Path = YamlPlace["path"];

/** What two values of have their members put side by side; of anything else, the case's own stands for the shared one. */
const MERGED: readonly string[] = ["emission", "expect"];

/** What only a case can say, and why. */
const OWN: Readonly<Record<string, string>> = {
  id: "the key of a case is its id; expected no id beside it",
  title: "a title is one scenario's; expected it in each case",
};

function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function hasOwn(value: unknown, member: string | number | undefined): boolean {
  return isMapping(value) && member !== undefined && Object.hasOwn(value, member);
}

/** Whether a file is a table of scenarios and not one scenario. */
export function isTable(value: unknown): value is Mapping {
  return hasOwn(value, "cases") || hasOwn(value, "shared");
}

/** One document: what the case says, and beside it what is shared; one level deep, in `emission` and `expect` two. */
function merged(shared: Mapping, own: Mapping): Mapping {
  const both = MERGED.flatMap((member) => {
    const [below, above] = [shared[member], own[member]];
    return isMapping(below) && isMapping(above) ? [[member, { ...below, ...above }] as const] : [];
  });
  return { ...shared, ...own, ...Object.fromEntries(both) };
}

/** Whether a member stands in the upper of two mappings that were merged. */
function standsIn(upper: Mapping, lower: Mapping, [member, inner]: Path): boolean {
  if (!hasOwn(upper, member)) return false;
  if (!MERGED.includes(String(member)) || inner === undefined) return true;
  return hasOwn(upper[String(member)], inner) || !hasOwn(lower[String(member)], inner);
}

/** The control that cases share may be a case of the table itself; it has no control. */
function sharedWith(name: string, shared: Mapping): Mapping {
  const { control, ...others } = shared;
  return typeof control === "string" && nameOf(control) === name ? others : shared;
}

function entryOf(name: string, all: Mapping, own: Mapping): Entry {
  const shared = sharedWith(name, all);
  const ownPlaceOf = ({ path, wanted }: YamlPlace): YamlPlace => {
    const isThere = hasOwn(own, path[0]);
    return { path: ["cases", name, ...path], wanted: isThere ? wanted : "key" };
  };
  return {
    name,
    document: { ...merged(shared, own), id: name },
    ownPlaceOf,
    placeOf: (place) => {
      const [member] = place.path;
      // The id is the key of the case.
      if (member === "id") return { path: ["cases", name], wanted: "key" };
      if (standsIn(own, shared, place.path) || !hasOwn(shared, member)) return ownPlaceOf(place);
      return { ...place, path: ["shared", ...place.path] };
    },
  };
}

function sharedEntry(shared: Mapping, [name, own]: readonly [string, Mapping]): Entry {
  return {
    name,
    document: { ...merged(own, shared), id: name },
    placeOf: (place) => {
      const top = standsIn(shared, own, place.path) ? ["shared"] : ["cases", name];
      return { ...place, path: [...top, ...place.path] };
    },
  };
}

/** The members that a table may have. */
const MEMBERS: readonly string[] = ["shared", "cases"];

/** Complaints of the frame: unknown words, what is no mapping, and what only a case can say. */
function frameProblems(value: Mapping, problemAt: YamlSource["problemAt"]): readonly YamlProblem[] {
  const { shared = {}, cases } = value;
  const at = (path: Path, message: string, wanted: "key" | "value" = "value") => [
    problemAt({ path, wanted }, message),
  ];
  const unknown = Object.keys(value).filter((member) => !MEMBERS.includes(member));
  const entries = isMapping(cases) ? Object.entries(cases) : [];
  return [
    ...unknown.flatMap((member) =>
      at([member], `unknown word ${JSON.stringify(member)}; a table has shared and cases`, "key"),
    ),
    ...(isMapping(shared) ? [] : at(["shared"], "expected what the cases share, as in a scenario", "key")),
    ...(entries.length > 0 ? [] : at(["cases"], "expected scenarios, each by its id", "key")),
    ...entries
      .filter(([, own]) => !isMapping(own))
      .flatMap(([name]) => at(["cases", name], "expected a scenario", "key")),
    ...[
      { path: ["shared"], members: shared },
      ...entries.map(([name, members]) => ({ path: ["cases", name], members })),
    ].flatMap(({ path, members }) =>
      Object.entries(OWN)
        .filter(([member]) => hasOwn(members, member) && (member === "id" || path[0] === "shared"))
        .flatMap(([member, message]) => at([...path, member], message, "key")),
    ),
  ];
}

/** Takes a table apart: one document for each of its cases. */
export function readTable(value: Mapping, problemAt: YamlSource["problemAt"]): Table {
  const { shared: given = {} } = value;
  // Without what they share, each case would lack something.
  if (!isMapping(given)) return { entries: [], shared: undefined, problems: frameProblems(value, problemAt) };
  const { id: _id, title: _title, ...shared } = given;
  const cases = isMapping(value["cases"]) ? Object.entries(value["cases"]) : [];
  const good = cases.flatMap(([name, own]) => (isMapping(own) ? [[name, own] as const] : []));
  const [first] = good;
  return {
    entries: good.map(([name, own]) => entryOf(name, shared, own)),
    shared: first === undefined ? undefined : sharedEntry(shared, first),
    problems: frameProblems(value, problemAt),
  };
}
