import { expect, test } from "vitest";
import { parse } from "yaml";
import { loadBaseline } from "../../harness/baseline/baseline.ts";
import { loadConfig } from "../../harness/cli/config/config.ts";
import { policyFileSchema } from "../../harness/cli/judge/policy-schema.ts";
import { loadScenarios } from "../../harness/scenario/load.ts";
import { rules } from "../../src/index.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { examplesIn } from "./pages-by-hand.ts";

const examples = await examplesIn("yaml");

function membersOf(code: string): Readonly<Record<string, unknown>> {
  const value: unknown = parse(code);
  return { ...(typeof value === "object" ? value : {}) };
}

const RULES: readonly string[] = rules.map(({ id }) => id);

/** Reads an example as what it is, by the reader that a user's own file has. */
async function read(code: string): Promise<unknown> {
  const { id, cases, known, extends: extended } = membersOf(code);
  if (extended !== undefined) return policyFileSchema.parse(parse(code));
  const file = typeof id === "string" ? `${id}.yaml` : "example.yaml";
  await using folder = await temporaryFolder({ [file]: code });
  const path = `${folder.path}/${file}`;
  if (known !== undefined) return await loadBaseline(path);
  if (id === undefined && cases === undefined) return await loadConfig(path);
  const scenarios = await loadScenarios([path]);
  const named = scenarios.flatMap(({ expect: { findings } }) => findings);
  expect(named.filter((rule) => !RULES.includes(rule))).toEqual([]);
  return scenarios;
}

test.each(examples)("$at is read", async ({ code }) => {
  expect(await read(code)).toBeTruthy();
});
