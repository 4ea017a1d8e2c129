import { expect, test } from "vitest";
import type { RunEvent } from "../../harness/run/events.ts";
import { planCases } from "../../harness/run/plan.ts";
import { REFERENCE_TARGETS } from "../../harness/run/reference/facts.ts";
import { startReferenceTargets } from "../../harness/run/reference/targets.ts";
import { run } from "../../harness/run/run.ts";
import { expandCases } from "../../harness/scenario/expand.ts";
import { loadBundled, loadScenarios } from "../../harness/scenario/load.ts";
import type { Scenario } from "../../harness/scenario/schema.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { examplesIn } from "./pages-by-hand.ts";

/** The examples that are scenarios or tables of them, by a name that their file may have. */
async function scenarioFiles(): Promise<Readonly<Record<string, string>>> {
  const examples = await examplesIn("yaml");
  return Object.fromEntries(
    examples.flatMap(({ code }, place) => {
      if (/^cases:/m.test(code)) return [[`table-${place}.yaml`, code] as const];
      const [, id] = /^id: (\S+)$/m.exec(code) ?? [];
      return id === undefined ? [] : [[`${id}.yaml`, code] as const];
    }),
  );
}

/** The controls that they name; not all that comes along is read for it. */
async function controlsOf(scenarios: readonly Scenario[]): Promise<readonly Scenario[]> {
  return await loadBundled(scenarios.flatMap(({ control }) => (control === undefined ? [] : [control])));
}

test("every scenario of the pages comes out as it says", { timeout: 60_000 }, async () => {
  await using folder = await temporaryFolder(await scenarioFiles());
  const scenarios = await loadScenarios([folder.path]);
  const plan = planCases(expandCases(scenarios, REFERENCE_TARGETS, ["direct", "protocol"]), {});
  await using running = await startReferenceTargets(plan.cases);
  const events: RunEvent[] = [];
  await run({
    plan,
    scenarios: [...scenarios, ...(await controlsOf(scenarios))],
    notRun: 0,
    ...running,
    workers: 4,
    signal: AbortSignal.timeout(50_000),
    now: () => Math.floor(Date.now() / 1000),
    onEvent: (event) => events.push(event),
  });
  const ends = events.filter((event) => event.type === "case-end");
  expect(ends.length).toBeGreaterThan(scenarios.length);
  expect(ends.filter(({ result }) => result.outcome.status !== "pass")).toEqual([]);
});
