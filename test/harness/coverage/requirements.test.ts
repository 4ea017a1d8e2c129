import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { HEADINGS } from "../../../harness/coverage/requirements/headings.ts";
import { REQUIREMENTS } from "../../../harness/coverage/requirements/requirements.ts";
import { FLAWS } from "../../../harness/partner/flawed/flaws.ts";
import { BUNDLED_SCENARIOS } from "../../../harness/scenario/bundled.ts";
import { loadScenarios } from "../../../harness/scenario/load.ts";
import { citationsOf, rules } from "../../../src/index.ts";

function numbered(prefix: string, count: number, digits: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${String(index + 1).padStart(digits, "0")}`);
}

const scenarios = await loadScenarios([BUNDLED_SCENARIOS]);
const page = await readFile(new URL("../../../docs/requirements.md", import.meta.url), "utf8");

/** An id of a requirement, in a list of references or of what is covered. */
const ID = /^(?:failures\/)?((?:PSR|PSX|F)-\d+)$/;

test("every id of the guidance is described, once", () => {
  expect(REQUIREMENTS.map(({ id }) => id)).toEqual([
    ...numbered("PSR", 110, 3),
    ...numbered("PSX", 26, 2),
    ...numbered("F", 59, 2),
  ]);
});

describe.each(REQUIREMENTS)("$id", ({ id, subject, says, sources }) => {
  test("says whom it is about, when it holds, and where that is written", () => {
    expect(subject).not.toBe("");
    expect(says).toMatch(/^\S.*\.$/);
    expect(sources.length).toBeGreaterThan(0);
    const unknown = sources.filter(
      (source) =>
        HEADINGS[source] === undefined && citationsOf(source)[0]?.url?.startsWith("https:") !== true,
    );
    expect(unknown).toEqual([]);
  });

  test("has a heading of the page, which verdicts link to", () => {
    const [citation] = citationsOf(id);
    expect(citation?.url).toBe(`docs/requirements.md#${id.toLowerCase()}`);
    expect(page).toContain(`\n### ${id}\n`);
  });
});

test("every id that a rule, a scenario or a flawed app names is described", () => {
  const named = [
    ...rules.flatMap((rule) => rule.requirements),
    ...scenarios.flatMap(({ references, covers }) => [...references, ...covers]),
    ...FLAWS.flatMap(({ references }) => references),
  ].flatMap((text) => ID.exec(text)?.[1] ?? []);
  expect(named.length).toBeGreaterThan(100);
  const described = new Set(REQUIREMENTS.map(({ id }) => id));
  expect([...new Set(named)].filter((id) => !described.has(id))).toEqual([]);
});

test("no heading of the FAQ is left over", () => {
  const used = new Set(REQUIREMENTS.flatMap(({ sources }) => sources));
  expect(Object.keys(HEADINGS).filter((heading) => !used.has(heading))).toEqual([]);
});
