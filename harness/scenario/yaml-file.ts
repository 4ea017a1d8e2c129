import {
  type Document,
  isMap,
  isScalar,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLError,
} from "yaml";
import type { z } from "zod";

/** One thing wrong in a YAML file, where a person can go and mend it. */
export interface YamlProblem {
  readonly file: string;
  /** 1-based, as editors count. */
  readonly line: number;
  readonly column: number;
  /** Dotted path of the member, or the empty string. */
  readonly path: string;
  readonly message: string;
}

/** What came of reading: the value, or everything that is wrong with it. */
export type YamlResult<T> = { readonly value: T } | { readonly problems: readonly YamlProblem[] };

/** `file:line:column`, the form that editors and terminals turn into a link. */
export function placeText(file: string, { line, column }: Pick<YamlProblem, "line" | "column">): string {
  return `${file}:${line}:${column}`;
}

/** `file:line:column path: message`. */
export function problemLine(problem: YamlProblem): string {
  const place = placeText(problem.file, problem);
  return problem.path === ""
    ? `${place}: ${problem.message}`
    : `${place} ${problem.path}: ${problem.message}`;
}

/** Where in a YAML file something is: the member of a path, by its value or by its key. */
export interface YamlPlace {
  readonly path: readonly (string | number)[];
  readonly wanted: "key" | "value";
}

/** YAML that was read, and in which places can be found. */
export interface YamlSource {
  readonly value: unknown;
  /** A problem at a place; where the path leads nowhere, at the deepest part of it that exists. */
  readonly problemAt: (place: YamlPlace, message: string) => YamlProblem;
}

/** What a schema complains of, before its place in a file is looked up. */
export interface SchemaComplaint extends YamlPlace {
  readonly message: string;
}

/** What a schema complains of, one by one: an unknown key is reported by zod at its parent; a person wants the key. */
export function complaintsOf(error: Pick<z.ZodError, "issues">): readonly SchemaComplaint[] {
  return error.issues.flatMap((issue): readonly SchemaComplaint[] => {
    const { message } = issue;
    const path = issue.path.map((part) => (typeof part === "symbol" ? String(part) : part));
    if (issue.code !== "unrecognized_keys") return [{ path, wanted: "value", message }];
    return issue.keys.map((key) => ({ path: [...path, key], wanted: "key", message }));
  });
}

/**
 * Reads YAML text against a schema.
 *
 * @param file name for messages only; nothing is read from disk
 * @returns the value, or each syntax or schema problem with its place; duplicate keys are problems too
 */
export function parseYaml<Schema extends z.ZodType>(
  file: string,
  text: string,
  schema: Schema,
): YamlResult<z.output<Schema>> {
  const source = readYaml(file, text);
  if ("problems" in source) return source;
  const parsed = schema.safeParse(source.value);
  if (parsed.success) return { value: parsed.data };
  return { problems: complaintsOf(parsed.error).map((one) => source.problemAt(one, one.message)) };
}

/**
 * Reads YAML text.
 *
 * @param file name for messages only; nothing is read from disk
 * @returns the source, or each syntax problem with its place; duplicate keys are problems too
 */
export function readYaml(
  file: string,
  text: string,
): YamlSource | { readonly problems: readonly YamlProblem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => ({
      file,
      ...place(error.pos[0]),
      path: "",
      message: error.message + firstOfTwo(document, error, (offset) => placeText(file, place(offset))),
    }));
    return { problems };
  }
  const plain = toPlain(document);
  if ("failure" in plain) return { problems: [{ file, ...place(0), path: "", message: plain.failure }] };
  return {
    value: plain.value,
    problemAt: ({ path, wanted }, message) => ({
      file,
      ...place(offsetOf(document.contents, path, wanted)),
      path: path.join("."),
      message: withFound(message, document.getIn(path)),
    }),
  };
}

/** Of a key that stands twice in one mapping: where it stands first. */
function firstOfTwo(document: Document, error: YAMLError, placeOf: (offset: number) => string): string {
  if (error.code !== "DUPLICATE_KEY") return "";
  let told = "";
  visit(document, {
    Map: (_, { items }) => {
      const second = items.find(({ key }) => startOf(key) === error.pos[0]);
      if (second === undefined) return undefined;
      const first = items.find((item) => keyOf(item) === keyOf(second));
      told = `; ${JSON.stringify(keyOf(second))} stands first at ${placeOf(startOf(first?.key))}`;
      return visit.BREAK;
    },
  });
  return told;
}

/** An alias that refers to nothing, or to too much, shows only when the value is built. */
function toPlain(document: Document): { value: unknown } | { failure: string } {
  try {
    return { value: document.toJS() };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

type Path = YamlPlace["path"];

function withFound(message: string, found: unknown): string {
  const plain = typeof found === "string" || typeof found === "number" || typeof found === "boolean";
  return plain ? `${message} (found ${JSON.stringify(found)})` : message;
}

/** Where the deepest part of the path that exists begins: its value, or its key when the key is the fault. */
function offsetOf(contents: unknown, path: Path, wanted: "key" | "value"): number {
  let offset = startOf(contents);
  let node = contents;
  for (const part of path) {
    const pair = isMap(node) ? node.items.find((item) => keyOf(item) === String(part)) : undefined;
    const next = pair?.value ?? itemAt(node, part);
    if (pair === undefined && next === undefined) return offset;
    const noValue = next === undefined || next === null;
    offset = startOf(noValue || (wanted === "key" && pair !== undefined) ? pair?.key : next);
    node = next;
  }
  return offset;
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
}

function itemAt(node: unknown, part: string | number): unknown {
  if (typeof node !== "object" || node === null || !("items" in node)) return undefined;
  return Array.isArray(node.items) && typeof part === "number" ? node.items[part] : undefined;
}

function startOf(node: unknown): number {
  const range = isNode(node) ? node.range : undefined;
  return range?.[0] ?? 0;
}

function isNode(node: unknown): node is Node {
  return typeof node === "object" && node !== null && "range" in node;
}
