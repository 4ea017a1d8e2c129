import covertable from "covertable";
import { z } from "zod";

/** Names and the values that each may take. */
export const matrixSchema = z.record(
  z.string().regex(/^[a-z][a-zA-Z0-9]*$/, "expected a name such as algorithm"),
  z.array(z.json()).min(1),
);

const matrixOf = z.object({
  matrix: matrixSchema,
  combine: z.enum(["full", "pairwise"]).default("full"),
});

/** One combination of values, by name. */
type Combination = Readonly<Record<string, unknown>>;

/** One document of a matrix: the placeholders filled in, and what it is called beside the others. */
export interface MatrixDocument {
  readonly value: unknown;
  /** E.g. `[profile=password-only,amr=2]`; the empty string: there is no matrix. */
  readonly label: string;
}

function full(matrix: Readonly<Record<string, readonly unknown[]>>): readonly Combination[] {
  return Object.entries(matrix).reduce<readonly Combination[]>(
    (combinations, [name, values]) =>
      combinations.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
}

const coveringSchema = z.array(z.record(z.string(), z.int()));

/** What `import` gives of this CommonJS module depends on who loads it: the function, or an object that holds it. */
function coveringRows(places: Readonly<Record<string, readonly number[]>>): z.output<typeof coveringSchema> {
  const found: unknown = covertable;
  const make: unknown = typeof found === "object" && found !== null ? Reflect.get(found, "make") : found;
  if (typeof make !== "function") throw new TypeError("covertable has no function make");
  return coveringSchema.parse(Reflect.apply(make, undefined, [places]));
}

/** Every two values of two names meet at least once. With fewer than two names that is every value. */
function pairwise(matrix: Readonly<Record<string, readonly unknown[]>>): readonly Combination[] {
  const names = Object.keys(matrix);
  if (names.length < 2) return full(matrix);
  // The places stand for the values, which may be anything.
  const places = Object.fromEntries(names.map((name) => [name, [...(matrix[name] ?? []).keys()]]));
  return coveringRows(places).map((row) =>
    Object.fromEntries(names.map((name) => [name, matrix[name]?.[row[name] ?? 0]])),
  );
}

/** A scalar is its own name, anything else goes by its place. */
function labelOf(combination: Combination, matrix: Readonly<Record<string, readonly unknown[]>>): string {
  const parts = Object.entries(combination).map(([name, value]) => {
    const scalar = ["string", "number", "boolean"].includes(typeof value);
    const text = scalar ? String(value) : String((matrix[name] ?? []).indexOf(value) + 1);
    return `${name}=${text.replaceAll(/[^\w.-]+/g, "_")}`;
  });
  return `[${parts.join(",")}]`;
}

const WHOLE = /^\$\{\{ *([\w.]+) *\}\}$/;
const WITHIN = /\$\{\{ *([\w.]+) *\}\}/g;

function look(combination: Combination, path: string): unknown {
  return path.split(".").reduce<unknown>((value, name) => {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    const member: unknown = Reflect.get(value, name);
    return member;
  }, combination);
}

/** A text that is one placeholder becomes its value, whatever that is; within a text it becomes part of the text. */
function filledText(text: string, combination: Combination): unknown {
  const [, whole] = WHOLE.exec(text) ?? [];
  if (whole !== undefined) return look(combination, whole) ?? text;
  return text.replaceAll(WITHIN, (placeholder, path: string) => {
    const value = look(combination, path);
    return value === undefined ? placeholder : typeof value === "string" ? value : JSON.stringify(value);
  });
}

function filled(value: unknown, combination: Combination): unknown {
  if (typeof value === "string") return filledText(value, combination);
  if (Array.isArray(value)) return value.map((member) => filled(member, combination));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, filled(member, combination)]),
  );
}

/** Names of the members of a document in which no placeholder stands, so that they are alike in all combinations. */
export function alikeMembers(document: unknown): ReadonlySet<string> {
  const members = typeof document === "object" && document !== null ? Object.entries(document) : [];
  return new Set(
    members.filter(([, value]) => !JSON.stringify(value)?.includes("${{")).map(([name]) => name),
  );
}

/**
 * Makes one document for each combination of a matrix, one at a time, as there may be many: `${{ name }}` stands for the value, `${{ name.member }}` for a
 * member of it. A document without a matrix, or with one that is no good, is given back as it is, for the schema to say
 * what is wrong with it.
 */
export function* matrixDocuments(document: unknown): Generator<MatrixDocument, void> {
  const parsed = matrixOf.safeParse(document);
  if (!parsed.success || typeof document !== "object" || document === null) {
    yield { value: document, label: "" };
    return;
  }
  const { matrix, combine } = parsed.data;
  const combinations = combine === "full" ? full(matrix) : pairwise(matrix);
  const { matrix: _matrix, combine: _combine, ...rest } = { matrix: null, combine: null, ...document };
  for (const combination of combinations) {
    yield { value: filled(rest, combination), label: labelOf(combination, matrix) };
  }
}
