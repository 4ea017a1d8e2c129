import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import type { RunEvent } from "../harness/run/events.ts";
import { REFERENCE_TARGETS } from "../harness/run/reference-facts.ts";
import { startReferenceTargets } from "../harness/run/reference-targets.ts";
import { run } from "../harness/run/run.ts";
import { expandCases } from "../harness/scenario/expand.ts";
import { jsonSchemaText } from "../harness/scenario/json-schema.ts";
import { loadScenarios } from "../harness/scenario/load.ts";
import { type Scenario, TRANSPORTS } from "../harness/scenario/schema.ts";
import { rules } from "../src/index.ts";

const folder = fileURLToPath(new URL("../scenarios", import.meta.url));

/** No partner app reads the last two: both are read by Entra itself, so their answers are only handed over. */
const CHANNELS = [
  { channel: "oidc", transports: TRANSPORTS },
  { channel: "partner-api", transports: TRANSPORTS },
  { channel: "saml", transports: TRANSPORTS },
  { channel: "wsfed", transports: ["direct"] },
  { channel: "eam", transports: ["direct"] },
] as const;

/** Nothing to complain of: an advisory tells that something is amiss though Entra takes it. */
function isClean({ expect: { verdict, findings } }: Scenario): boolean {
  return verdict === "compliant" && findings.length === 0;
}

let scenarios: readonly Scenario[] = [];

beforeAll(async () => {
  scenarios = await loadScenarios([folder]);
});

test("the schema file says what the schema says", async () => {
  expect(await readFile(`${folder}/scenario.schema.json`, "utf8")).toBe(jsonSchemaText());
});

test("every finding that a scenario expects is a rule's", () => {
  const known = rules.map(({ id }) => id);
  const expected = scenarios.flatMap(({ expect: { findings } }) => findings);
  expect(expected.filter((id) => !known.includes(id))).toEqual([]);
});

test.each(CHANNELS)("$channel has a control, mistakes, and every transport", ({ channel, transports }) => {
  const own = scenarios.filter(({ emission }) => emission.channel === channel);
  expect(own.filter(isClean)).toHaveLength(1);
  expect(own.length).toBeGreaterThanOrEqual(8);
  expect(new Set(own.flatMap(({ transport }) => transport))).toEqual(new Set(transports));
});

test("a control has nothing wrong with it, and everything else has", () => {
  const faulty = scenarios.filter(
    ({ emission: { profile, patch, tamper, key } }) =>
      profile !== "password-and-otp" || patch.length + tamper.length > 0 || key !== "published",
  );
  const notClean = scenarios.filter((scenario) => !isClean(scenario));
  expect(notClean.map(({ id }) => id)).toEqual(faulty.map(({ id }) => id));
});

test("every scenario comes out as it says, handed over and by plain HTTP", { timeout: 120_000 }, async () => {
  const cases = expandCases(scenarios, REFERENCE_TARGETS, ["direct", "protocol"]);
  const events: RunEvent[] = [];
  await using running = await startReferenceTargets(cases);
  await run({
    cases,
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
