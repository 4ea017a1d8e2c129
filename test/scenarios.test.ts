import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { CHANNELS } from "../harness/emission/channels.ts";
import type { RunEvent } from "../harness/run/events.ts";
import { REFERENCE_TARGETS } from "../harness/run/reference/facts.ts";
import { startReferenceTargets } from "../harness/run/reference/targets.ts";
import { planCases } from "../harness/run/plan.ts";
import { run } from "../harness/run/run.ts";
import { expandCases } from "../harness/scenario/expand.ts";
import { jsonSchemaText } from "../harness/scenario/json-schema.ts";
import { bundledFiles, loadBundled, loadScenarios } from "../harness/scenario/load.ts";
import type { Scenario } from "../harness/scenario/schema.ts";
import { rules } from "../src/index.ts";

const folder = fileURLToPath(new URL("../scenarios", import.meta.url));

/** Nothing to complain of: an advisory tells that something is amiss though Entra takes it. */
function isClean({ expect: { verdict, findings, decision = "accept" } }: Scenario): boolean {
  return verdict === "compliant" && findings.length === 0 && decision === "accept";
}

/** What a scenario sends, and how; its name and its reasons left out. */
function whatHappens({ emission, later, asks, issuer, flow, steps }: Scenario): string {
  return JSON.stringify({ emission, later, asks, issuer, flow, steps });
}

let scenarios: readonly Scenario[] = [];

beforeAll(async () => {
  scenarios = await loadScenarios([folder]);
});

test("the schema file says what the schema says", async () => {
  expect(await readFile(`${folder}/scenario.schema.json`, "utf8")).toBe(jsonSchemaText());
});

test("every file fits the schema file, and a person can read it", async () => {
  const isValid = new Ajv({ strict: false }).compile(z.looseObject({}).parse(JSON.parse(jsonSchemaText())));
  const files = [...new Set(scenarios.map(({ file = "" }) => file))];
  const texts = await Promise.all(files.map(async (file) => await readFile(file, "utf8")));
  expect(files.filter((_, place) => !isValid(parse(texts[place] ?? "")))).toEqual([]);
  expect(files.filter((_, place) => (texts[place] ?? "").split("\n").length > 400)).toEqual([]);
});

test("every scenario is found by its id, and the file of no other is read", async () => {
  expect([...(await bundledFiles())]).toEqual(scenarios.map(({ id, file }) => [id, file]));
  const some = scenarios.filter((_, place) => place % 400 === 0);
  expect(await loadBundled(some.map(({ id }) => id))).toEqual(some);
});

test("every finding that a scenario expects is a rule's", () => {
  const known = rules.map(({ id }) => id);
  const expected = scenarios.flatMap(({ expect: { findings } }) => findings);
  expect(expected.filter((id) => !known.includes(id))).toEqual([]);
});

test.each(CHANNELS)("%s has a control, mistakes, and both ways to run without a browser", (channel) => {
  const own = scenarios.filter(({ emission }) => emission.channel === channel);
  const named = own.map(({ control }) => control);
  expect(own.filter((scenario) => isClean(scenario) && named.includes(scenario.id))).not.toEqual([]);
  expect(own.length).toBeGreaterThanOrEqual(8);
  expect([...new Set(own.flatMap(({ transport }) => transport))]).toEqual(
    expect.arrayContaining(["direct", "protocol"]),
  );
});

test("each control is clean and derived from nothing", () => {
  const named = new Set(scenarios.flatMap(({ control }) => (control === undefined ? [] : [control])));
  const controls = scenarios.filter(({ id }) => named.has(id));
  expect(controls.filter((scenario) => !isClean(scenario)).map(({ id }) => id)).toEqual([]);
  expect(controls.filter(({ control }) => control !== undefined).map(({ id }) => id)).toEqual([]);
  expect([...named].filter((id) => !controls.some((control) => control.id === id))).toEqual([]);
});

test("what is derived from a control does something else, and what is not has nothing wrong", () => {
  const byId = new Map(scenarios.map((scenario) => [scenario.id, scenario]));
  const derived = scenarios.filter(({ control }) => control !== undefined);
  const same = derived.filter((scenario) => {
    const control = byId.get(scenario.control ?? "");
    return control !== undefined && whatHappens(control) === whatHappens(scenario);
  });
  expect(same.map(({ id }) => id)).toEqual([]);
  const faulty = scenarios.filter((scenario) => scenario.control === undefined && !isClean(scenario));
  expect(faulty.map(({ id }) => id)).toEqual([]);
});

test("every scenario comes out as it says, handed over and by plain HTTP", { timeout: 240_000 }, async () => {
  const cases = expandCases(scenarios, REFERENCE_TARGETS, ["direct", "protocol"]);
  const events: RunEvent[] = [];
  await using running = await startReferenceTargets(cases);
  await run({
    plan: planCases(cases, {}),
    scenarios,
    notRun: 0,
    targets: running.targets,
    trust: running.trust,
    workers: 8,
    signal: new AbortController().signal,
    now: () => Math.floor(Date.now() / 1000),
    onEvent: (event) => void events.push(event),
  });
  const ended = events.filter((event) => event.type === "case-end");
  const amiss = ended.filter(({ result }) => result.outcome.status !== "pass");
  expect(amiss.map(({ id, result }) => ({ id, ...result.outcome }))).toEqual([]);
  expect(ended).toHaveLength(cases.length);
});
