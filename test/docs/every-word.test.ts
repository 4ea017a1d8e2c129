import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { dereferenced } from "../../docs/dereference.ts";
import { type Node, readSchema, unionOf } from "../../docs/schema-table.ts";

async function textOf(path: string): Promise<string> {
  return await readFile(new URL(`../../${path}`, import.meta.url), "utf8");
}

function listOf({ items }: Node): readonly Node[] {
  if (items === undefined) return [];
  return "length" in items ? items : [items];
}

/** Each word that a file may say, at any depth, and each value that it may choose; patches have a page of their own. */
function wordsOf(node: Node): readonly string[] {
  const { properties = {}, additionalProperties, enum: values = [], const: value } = node;
  const own = Object.entries(properties).flatMap(([name, inner]) =>
    name === "overrides" ? [name] : [name, ...wordsOf(inner)],
  );
  const further = typeof additionalProperties === "object" ? wordsOf(additionalProperties) : [];
  const inner = [...unionOf(node), ...listOf(node)].flatMap(wordsOf);
  const chosen = value === undefined ? values : [...values, value];
  return [...chosen.map(String), ...own, ...further, ...inner];
}

test.each([
  { schema: "scenarios/mfa-harness.schema.json", page: "docs/configuration.md", least: 100 },
  { schema: "scenarios/policy.schema.json", page: "docs/policies.md", least: 5 },
  { schema: "scenarios/scenario.schema.json", page: "docs/scenarios.md", least: 240 },
])("each word of $schema stands in $page", async ({ schema, page, least }) => {
  const words = new Set(wordsOf(readSchema(JSON.parse(await textOf(schema)))));
  const text = await textOf(page);
  expect(words.size).toBeGreaterThan(least);
  // What has many words has a section of its own.
  const isTold = (word: string): boolean => {
    const quoted = word.replaceAll(/[.+]/g, "\\$&");
    return new RegExp(`[\`.]${quoted}\`|^#+ ${quoted}\\b|^### kind: ${quoted}$`, "m").test(text);
  };
  expect([...words].filter((word) => !isTold(word))).toEqual([]);
});

test.each([
  { name: "definitions", schema: { $ref: "#/definitions/a", definitions: { a: { enum: ["x"] } } } },
  { name: "$defs", schema: { $ref: "#/$defs/a", $defs: { a: { enum: ["x"] } } } },
  {
    name: "allOf",
    schema: { allOf: [{ $ref: "#/$defs/a" }, { type: "string" }], $defs: { a: { enum: ["x"] } } },
  },
  { name: "a condition", schema: { if: {}, else: { const: "x" } } },
])("what is said by $name counts", ({ schema }) => {
  expect([...new Set(wordsOf(readSchema(schema)))]).toEqual(["x"]);
});

test("what holds itself comes to an end, what is said beside a reference wins, one to nothing is an error", () => {
  const list = { properties: { next: { $ref: "#/$defs/list", description: "the rest" } } };
  expect(dereferenced({ $ref: "#/$defs/list", $defs: { list } })).toEqual({
    properties: { next: { description: "the rest" } },
  });
  expect(() => dereferenced({ $ref: "#/$defs/none" })).toThrow("#/$defs/none");
});
