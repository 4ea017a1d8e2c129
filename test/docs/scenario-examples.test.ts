import { expect, test } from "vitest";
import type { RunEvent } from "../../harness/run/events.ts";
import { planCases } from "../../harness/run/plan.ts";
import { REFERENCE_TARGETS } from "../../harness/run/reference/facts.ts";
import { startReferenceTargets } from "../../harness/run/reference/targets.ts";
import { run } from "../../harness/run/run.ts";
import { BUNDLED_SCENARIOS } from "../../harness/scenario/bundled.ts";
import { expandCases } from "../../harness/scenario/expand.ts";
import { loadScenarios } from "../../harness/scenario/load.ts";
import type { Scenario } from "../../harness/scenario/schema.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { examplesIn } from "./pages-by-hand.ts";

/** The examples that are scenarios, by the name that their file has to have. */
async function scenarioFiles(): Promise<Readonly<Record<string, string>>> {
  const examples = await examplesIn("yaml");
  return Object.fromEntries(
    examples.flatMap(({ code }) => {
      const [, id] = /^id: (\S+)$/m.exec(code) ?? [];
      return id === undefined ? [] : [[`${id}.yaml`, code] as const];
    }),
  );
}

/** Where the controls that they name are; not all that comes along is read for it. */
function controlFiles(scenarios: readonly Scenario[]): readonly string[] {
  return scenarios.flatMap(({ control, emission: { channel } }) =>
    control === undefined ? [] : [`${BUNDLED_SCENARIOS}/${channel}/${control}.yaml`],
  );
}

test("every scenario of the pages comes out as it says", { timeout: 60_000 }, async () => {
  await using folder = await temporaryFolder(await scenarioFiles());
  const scenarios = await loadScenarios([folder.path]);
  const plan = planCases(expandCases(scenarios, REFERENCE_TARGETS, ["direct", "protocol"]), {});
  await using running = await startReferenceTargets(plan.cases);
  const events: RunEvent[] = [];
  await run({
    plan,
    scenarios: [...scenarios, ...(await loadScenarios(controlFiles(scenarios)))],
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
