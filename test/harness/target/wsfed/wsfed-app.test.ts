import { expect, test } from "vitest";
import { openTogether } from "../../../../harness/cleanup.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import type { RunEvent } from "../../../../harness/run/events.ts";
import { planCases } from "../../../../harness/run/plan.ts";
import { run } from "../../../../harness/run/run.ts";
import { BUNDLED_SCENARIOS } from "../../../../harness/scenario/bundled.ts";
import { expandCases } from "../../../../harness/scenario/expand.ts";
import { loadScenarios } from "../../../../harness/scenario/load.ts";
import { targetFacts } from "../../../../harness/target/definition/facts.ts";
import { targetsSchema } from "../../../../harness/target/definition/targets.ts";
import { openTargets, reachOf } from "../../../../harness/target/open-targets.ts";
import { makeDrivers } from "../../../../harness/transport/drivers.ts";
import { startWsFedApp } from "./app.ts";
import type { Mistake } from "./token.ts";

/** The scenarios that an app does not pass, and what was seen. */
async function amiss(mistake: Mistake | undefined, only?: RegExp): Promise<readonly string[]> {
  const scenarios = await loadScenarios([BUNDLED_SCENARIOS]);
  return await openTogether(async (cleanup) => {
    const idp = cleanup.use(await startIdp());
    const { origin } = cleanup.use(await startWsFedApp(idp, mistake));
    const definitions = targetsSchema.parse({
      intranet: {
        kind: "app",
        channels: ["wsfed"],
        start: `${origin}/portal`,
        signedIn: { selector: "#who" },
        challenge: { text: "Please sign in again" },
        addresses: {
          "sign-in-again": `${origin}/anew`,
          "sign-in-silently": `${origin}/again`,
          "step-up": `${origin}/stronger`,
        },
      },
    });
    const reach = reachOf(definitions);
    const drivers = cleanup.use(makeDrivers(reach));
    const { targets } = await openTargets(definitions, { idp, drivers, reach, cleanup });
    const facts = targetFacts(definitions, { scenarios });
    const plan = planCases(expandCases(scenarios, facts, ["protocol"]), { grep: only });
    const events: RunEvent[] = [];
    await run({
      plan,
      scenarios,
      notRun: 0,
      targets,
      trust: idp.trust,
      workers: 4,
      signal: new AbortController().signal,
      now: () => 1_800_000_000,
      onEvent: (event) => events.push(event),
    });
    expect(plan.cases.length).toBeGreaterThan(only === undefined ? 65 : 0);
    await cleanup[Symbol.asyncDispose]();
    return events.flatMap((event) => {
      if (event.type !== "case-end" || event.result.outcome.status === "pass") return [];
      const { outcome } = event.result;
      return [`${event.id.split("/")[0]}: ${outcome.status}: ${outcome.differences.join("; ")}`];
    });
  });
}

test("a correct relying party of somebody else's passes every scenario", async () => {
  expect(await amiss(undefined)).toEqual([]);
}, 60_000);

test.each<{ mistake: Mistake; caughtBy: string }>([
  { mistake: "trusts the certificate beside the signature", caughtBy: "wsfed-key-info-of-stranger" },
  { mistake: "asks for no audience", caughtBy: "wsfed-wrong-audience" },
  { mistake: "asks for no time", caughtBy: "wsfed-expired" },
  { mistake: "looks for the word multipleauthn anywhere", caughtBy: "wsfed-upper-case" },
  { mistake: "takes an answer from any browser", caughtBy: "life-cycle-wsfed-stolen" },
  { mistake: "takes an assertion without a signature", caughtBy: "wsfed-unsigned" },
])(
  "one that $mistake is caught by $caughtBy",
  async ({ mistake, caughtBy }) => {
    const told = await amiss(mistake, new RegExp(`^${caughtBy}/`));
    expect(told).toEqual([expect.stringMatching(`^${caughtBy}: fail: decision: accept, expected refuse$`)]);
  },
  30_000,
);
