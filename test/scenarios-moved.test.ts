import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { z } from "zod";
import { BUNDLED_SCENARIOS } from "../harness/scenario/bundled.ts";
import { loadScenarios } from "../harness/scenario/load.ts";

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]));
}

test("every scenario is deeply what it was before the move into tables", async () => {
  const scenarios = await loadScenarios([BUNDLED_SCENARIOS]);
  const digests = scenarios.map(({ file: _file, ...said }) => [
    said.id,
    createHash("sha256")
      .update(JSON.stringify(sorted(said)))
      .digest("base64url"),
  ]);
  const snapshot = await readFile(new URL("scenarios-moved.json", import.meta.url), "utf8");
  const before = z.record(z.string(), z.string()).parse(JSON.parse(snapshot));
  expect(scenarios).toHaveLength(Object.keys(before).length);
  expect(Object.fromEntries(digests)).toEqual(before);
});
