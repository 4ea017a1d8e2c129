import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { type Node, nodeSchema, unionOf } from "../../docs/schema-table.ts";

async function textOf(path: string): Promise<string> {
  return await readFile(new URL(`../../${path}`, import.meta.url), "utf8");
}

function listOf({ items }: Node): readonly Node[] {
  if (items === undefined) return [];
  return "length" in items ? items : [items];
}

/** Each word that a file may say, at any depth; patches have a page of their own. */
function wordsOf(node: Node): readonly string[] {
  const { properties = {}, additionalProperties } = node;
  const own = Object.entries(properties).flatMap(([name, inner]) =>
    name === "overrides" ? [name] : [name, ...wordsOf(inner)],
  );
  const further = typeof additionalProperties === "object" ? wordsOf(additionalProperties) : [];
  return [...own, ...further, ...unionOf(node).flatMap(wordsOf), ...listOf(node).flatMap(wordsOf)];
}

test.each([
  { schema: "scenarios/mfa-harness.schema.json", page: "docs/configuration.md", least: 80 },
  { schema: "scenarios/policy.schema.json", page: "docs/policies.md", least: 5 },
])("each word of $schema stands in $page", async ({ schema, page, least }) => {
  const words = new Set(wordsOf(nodeSchema.parse(JSON.parse(await textOf(schema)))));
  const text = await textOf(page);
  expect(words.size).toBeGreaterThan(least);
  // What has many words has a section of its own.
  const isTold = (word: string): boolean => new RegExp(`[\`.]${word}\`|^#+ ${word}\\b`, "m").test(text);
  expect([...words].filter((word) => !isTold(word))).toEqual([]);
});
