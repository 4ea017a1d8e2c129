import { z } from "zod";
import { dereferenced } from "./dereference.ts";

const scalar = z.union([z.string(), z.number(), z.boolean()]);

type Scalar = z.output<typeof scalar>;

/** As much of JSON Schema as the files of this project are described in. */
export interface Node {
  readonly description?: string | undefined;
  readonly type?: unknown;
  readonly format?: string | undefined;
  readonly const?: Scalar | undefined;
  readonly enum?: readonly Scalar[] | undefined;
  readonly default?: unknown;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly required?: readonly string[] | undefined;
  readonly properties?: Readonly<Record<string, Node>> | undefined;
  readonly items?: Node | readonly Node[] | undefined;
  readonly additionalProperties?: Node | boolean | undefined;
  readonly oneOf?: readonly Node[] | undefined;
  readonly anyOf?: readonly Node[] | undefined;
}

const nodeSchema: z.ZodType<Node> = z.lazy(() =>
  z.object({
    description: z.string().optional(),
    type: z.unknown().optional(),
    format: z.string().optional(),
    const: scalar.optional(),
    enum: z.array(scalar).optional(),
    default: z.unknown().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    required: z.array(z.string()).optional(),
    properties: z.record(z.string(), nodeSchema).optional(),
    items: z.union([nodeSchema, z.array(nodeSchema)]).optional(),
    additionalProperties: z.union([z.boolean(), nodeSchema]).optional(),
    oneOf: z.array(nodeSchema).optional(),
    anyOf: z.array(nodeSchema).optional(),
  }),
);

/** Reads that much of a JSON Schema, each reference followed. */
export function readSchema(jsonSchema: unknown): Node {
  return nodeSchema.parse(dereferenced(jsonSchema));
}

/** One word of a file, as its page tells of it. */
export interface Row {
  readonly word: string;
  readonly value: string;
  readonly says: string;
}

/** Values that have a table of their own. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  overrides: "list of [patches](scenarios.md#every-patch)",
  patch: "list of [patches](#every-patch)",
  tamper: "list of [tampers](#every-tamper)",
  shared: "words of a scenario",
  cases: "names, each with words of a scenario",
};

/** A row for each word, those inside of others after them. */
export function rowsOf({ properties = {}, required = [] }: Node, before = ""): readonly Row[] {
  return Object.entries(properties).flatMap(([name, node]) => {
    if (name === "kind") return [];
    const word = `${before}${name}`;
    const isRequired = required.includes(name) && node.default === undefined;
    // A member that needs no more words stands among the members of what it is in.
    if (before !== "" && !isRequired && node.description === undefined && !hasInner(node)) return [];
    const row = { word: marked(word, isRequired), ...told(name, node) };
    return name in ELSEWHERE ? [row] : [row, ...inner(word, node)];
  });
}

function marked(word: string, isRequired: boolean): string {
  return isRequired ? `**\`${word}\`**` : `\`${word}\``;
}

/** The value of a member, and what is said of it. */
export function told(name: string, node: Node): Omit<Row, "word"> {
  const described = node.description ?? "";
  const standard = node.default === undefined ? [] : [`default ${JSON.stringify(node.default)}`];
  const says = [described, ...standard].filter((each) => each !== "").join("; ");
  return { value: ELSEWHERE[name] ?? valueOf(node), says };
}

/** Whether there is more to tell than a name: members, or values to choose from. */
function hasInner(node: Node): boolean {
  const { enum: values, const: value } = node.type === "array" ? elementOf(node) : node;
  const hasWords = values !== undefined || value !== undefined;
  return node.properties !== undefined || hasWords || unionOf(node).length > 0;
}

/** Rows of what is inside of a value; a union has those of all its members. */
function inner(word: string, node: Node): readonly Row[] {
  const members = unionOf(node);
  if (members.length > 0) return members.flatMap((member) => rowsOf(member, `${word}.`));
  if (node.properties !== undefined) return rowsOf(node, `${word}.`);
  return node.items === undefined ? [] : inner(`${word}[]`, elementOf(node));
}

/** The members of a union, none where it is none. */
export function unionOf({ oneOf, anyOf }: Node): readonly Node[] {
  return oneOf ?? anyOf ?? [];
}

/** What a list or a record holds. */
export function elementOf({ items, additionalProperties }: Node): Node {
  if (items !== undefined) return "length" in items ? (items[0] ?? {}) : items;
  return typeof additionalProperties === "object" ? additionalProperties : {};
}

function valueOf(node: Node): string {
  const members = unionOf(node);
  if (members.length > 0) return [...new Set(members.map(valueOf))].join(" or ");
  if (node.const !== undefined) return `\`${String(node.const)}\``;
  if (node.enum !== undefined) return node.enum.map((one) => `\`${String(one)}\``).join(", ");
  if (node.type === "array") return `list of ${valueOf(elementOf(node))}`;
  if (node.type === "integer" || node.type === "number") return `${numberOf(node)}${boundsOf(node)}`;
  if (node.type === "null") return "`null`";
  if (node.type === "boolean") return "`true` or `false`";
  if (node.type === "string") return node.format === "uri" ? "address" : "text";
  return typeof node.additionalProperties === "object"
    ? `names, each with ${valueOf(elementOf(node))}`
    : membersOf(node);
}

function membersOf({ properties = {} }: Node): string {
  const names = Object.keys(properties).map((name) => `\`${name}\``);
  return names.length === 0 ? "any value" : `members ${names.join(", ")}`;
}

function numberOf({ type }: Node): string {
  return type === "integer" ? "whole number" : "number";
}

function boundsOf({ minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER }: Node): string {
  const from = minimum === Number.MIN_SAFE_INTEGER ? "" : ` from ${minimum}`;
  const to = maximum === Number.MAX_SAFE_INTEGER ? "" : ` to ${maximum}`;
  return `${from}${to}`;
}

/** The rows as a table of Markdown. */
export function table(rows: readonly Row[]): string {
  const lines = rows.map(({ word, value, says }) => `| ${word} | ${value} | ${cell(says)} |`);
  return ["| word | value | says |", "| --- | --- | --- |", ...lines].join("\n");
}

/** Text in a cell of such a table. */
export function cell(text: string): string {
  return text.replace(/[|<>\\*]/g, "\\$&");
}
