import { type Document, isMap, isScalar, LineCounter, type Node, type Pair, parseDocument } from "yaml";
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

/** `file:line:column path: message`, the form that editors and terminals turn into a link. */
export function problemLine(problem: YamlProblem): string {
  const place = `${problem.file}:${problem.line}:${problem.column}`;
  return problem.path === ""
    ? `${place}: ${problem.message}`
    : `${place} ${problem.path}: ${problem.message}`;
}

/** YAML that was read, and can be held against a schema. */
export interface YamlSource {
  readonly value: unknown;
  /** Checks the value, or another of the same shape, and finds the place of each problem in the text. */
  readonly check: <Schema extends z.ZodType>(schema: Schema, value: unknown) => YamlResult<z.output<Schema>>;
  /** A problem that shows only beside other files, at the member of this path. */
  readonly problemAt: (path: readonly string[], message: string) => YamlProblem;
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
  return "problems" in source ? source : source.check(schema, source.value);
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
      message: error.message,
    }));
    return { problems };
  }
  const plain = toPlain(document);
  if ("failure" in plain) return { problems: [{ file, ...place(0), path: "", message: plain.failure }] };
  const problemAt = (path: Path, message: string, wanted: "key" | "value" = "value"): YamlProblem => ({
    file,
    ...place(offsetOf(document.contents, path, wanted)),
    path: path.join("."),
    message: withFound(message, document.getIn(path)),
  });
  const problemsOf = (issue: z.core.$ZodIssue): readonly YamlProblem[] =>
    issuePaths(issue).map((path) =>
      problemAt(path, issue.message, issue.code === "unrecognized_keys" ? "key" : "value"),
    );
  return {
    value: plain.value,
    problemAt: (path, message) => problemAt(path, message),
    check: (schema, value) => {
      const parsed = schema.safeParse(value);
      if (parsed.success) return { value: parsed.data };
      return { problems: parsed.error.issues.flatMap(problemsOf) };
    },
  };
}

/** An alias that refers to nothing, or to too much, shows only when the value is built. */
function toPlain(document: Document): { value: unknown } | { failure: string } {
  try {
    return { value: document.toJS() };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

type Path = readonly (string | number)[];

/** An unknown key is reported by zod at its parent; the person wants the key itself. */
function issuePaths(issue: z.core.$ZodIssue): readonly Path[] {
  const path = issue.path.map((part) => (typeof part === "symbol" ? String(part) : part));
  return issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...path, key]) : [path];
}

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
