import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { CHANNEL_MEMBERS } from "../../harness/emission/channels.ts";
import { KEY_NAMES } from "../../harness/emission/keys/key-names.ts";
import { patchSchema } from "../../harness/emission/patch-schema.ts";
import { asksSchema } from "../../harness/scenario/asks.ts";
import { scenarioSchema } from "../../harness/scenario/schema.ts";
import { policies } from "../../src/index.ts";
import { ROOT } from "./pages-by-hand.ts";

async function wordsOf(page: string): Promise<ReadonlySet<string>> {
  const text = await readFile(new URL(`docs/${page}`, ROOT), "utf8");
  return new Set([...text.matchAll(/`([^`\n]+)`/g)].map(([, word = ""]) => word));
}

const members = Object.values(CHANNEL_MEMBERS).flat();
const steps = scenarioSchema.shape.steps.unwrap().element.options;
const patches = patchSchema.options.map(({ shape }) => shape.op.value);

test.each([
  { page: "scenarios.md", what: "word of a scenario", words: Object.keys(scenarioSchema.shape) },
  {
    page: "scenarios.md",
    what: "word of an expectation",
    words: Object.keys(scenarioSchema.shape.expect.shape),
  },
  { page: "scenarios.md", what: "channel", words: Object.keys(CHANNEL_MEMBERS) },
  { page: "scenarios.md", what: "message", words: members.map((member) => `/${member}`) },
  { page: "scenarios.md", what: "patch", words: patches },
  { page: "scenarios.md", what: "step", words: steps },
  { page: "scenarios.md", what: "word of asks", words: Object.keys(asksSchema.shape) },
  { page: "scenarios.md", what: "key", words: KEY_NAMES },
  { page: "judging.md", what: "policy", words: Object.keys(policies) },
])("docs/$page names every $what", async ({ page, words }) => {
  const named = await wordsOf(page);
  expect(words.length).toBeGreaterThan(0);
  expect(words.filter((word) => !named.has(word))).toEqual([]);
});
