import { expect, test } from "vitest";
import type { Flaw, OwnCode } from "../../../harness/partner/flawed/flaw.ts";
import { CORRECT_APPS, FLAWS } from "../../../harness/partner/flawed/flaws.ts";
import { type FlawedReport, runFlawed } from "../../../harness/run/run-flawed.ts";
import { BUNDLED_SCENARIOS } from "../../../harness/scenario/bundled.ts";
import { loadScenarios } from "../../../harness/scenario/load.ts";

const scenarios = await loadScenarios([BUNDLED_SCENARIOS]);
const byId = new Map(scenarios.map((scenario) => [scenario.id, scenario]));

async function prove(
  flaws: readonly Flaw[],
  correct: readonly OwnCode[],
  chosen: readonly string[] = [],
): Promise<FlawedReport> {
  return await runFlawed({
    flaws,
    correct,
    scenarios: chosen.length === 0 ? scenarios : scenarios.filter(({ id }) => chosen.includes(id)),
    controls: scenarios,
    hunt: "named",
    workers: 8,
    timeoutSeconds: 60,
    signal: new AbortController().signal,
  });
}

/** A relying party as a flaw that a scenario is said to tell. */
function saidFlaw(id: string, told: string, checks: Extract<Flaw, { channel: "oidc" }>["checks"]): Flaw {
  return { id, channel: "oidc", mistake: id, references: [], caughtBy: [told], checks };
}

test("every flaw has a name of its own and is told by scenarios of its channel that have a control", () => {
  expect(new Set(FLAWS.map(({ id }) => id)).size).toBe(FLAWS.length);
  expect(FLAWS.filter(({ id, channel }) => !id.startsWith(`${channel}-`))).toEqual([]);
  const named = FLAWS.flatMap(({ channel, caughtBy }) => caughtBy.map((id) => ({ channel, id })));
  const amiss = named.filter(({ channel, id }) => {
    const scenario = byId.get(id);
    return (
      scenario?.emission.channel !== channel ||
      scenario.control === undefined ||
      !scenario.transport.includes("protocol")
    );
  });
  expect(amiss).toEqual([]);
});

test(
  "each flawed app accepts its controls, and every scenario that it names tells it",
  { timeout: 240_000 },
  async () => {
    const { flaws } = await prove(FLAWS, []);
    const told = flaws.map(({ flaw: { id }, caughtBy, refusedControls }) => [
      id,
      caughtBy.toSorted(),
      refusedControls,
    ]);
    expect(told).toEqual(FLAWS.map(({ id, caughtBy }) => [id, caughtBy.toSorted(), []]));
  },
);

test("the checks written by hand are those of a correct app", { timeout: 240_000 }, async () => {
  const own = CORRECT_APPS.filter(({ id }) => id.startsWith("own-"));
  const { falseAlarms, correct } = await prove([], own);
  expect(falseAlarms).toEqual([]);
  expect(correct.map(({ app }) => app)).toEqual(["own-relying-party", "own-service-provider"]);
  expect(correct.filter(({ cases }) => cases < 200)).toEqual([]);
});

test("an app without a mistake escapes, and one that refuses everybody is not caught by that", async () => {
  const wrongNonce = "id-token-wrong-nonce";
  const right = saidFlaw("right", wrongNonce, () => ({}));
  const closed = saidFlaw("closed", wrongNonce, () => ({ decide: () => "refused" }));
  const { flaws } = await prove([right, closed], []);
  expect(flaws.map(({ caughtBy, tried, refusedControls }) => ({ caughtBy, tried, refusedControls }))).toEqual(
    [
      { caughtBy: [], tried: 1, refusedControls: [] },
      { caughtBy: [], tried: 1, refusedControls: ["id-token-with-mfa"] },
    ],
  );
});

test("a mistake in an app that is said to be correct is a false alarm", async () => {
  const flaw = FLAWS.find(({ id }) => id === "oidc-amr-any-case");
  const { falseAlarms } = await prove([], flaw === undefined ? [] : [flaw], [
    "id-token-amr-upper-case",
    "id-token-with-mfa",
  ]);
  expect(falseAlarms.map(({ app, scenario }) => [app, scenario])).toEqual([
    ["oidc-amr-any-case", "id-token-amr-upper-case"],
  ]);
});
