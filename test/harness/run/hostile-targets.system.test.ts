import { expect, test } from "vitest";
import { examine } from "../../../harness/doctor/examine.ts";
import type { Cleanup } from "../../../harness/cleanup.ts";
import { openTogether } from "../../../harness/cleanup.ts";
import type { RunEvent } from "../../../harness/run/events.ts";
import { planCases } from "../../../harness/run/plan.ts";
import { run } from "../../../harness/run/run.ts";
import { startTargets } from "../../../harness/run/start-targets.ts";
import { expandCases } from "../../../harness/scenario/expand.ts";
import { loadBundled } from "../../../harness/scenario/load.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { type TargetDefinitions, targetsSchema } from "../../../harness/target/definition/targets.ts";
import { openOidc } from "../target/zoo/federations.ts";
import { traitsOf } from "../target/zoo/traits.ts";
import { startZooApp } from "../target/zoo/zoo-app.ts";
import { deadOrigin, serve } from "../transport/serve.ts";

/** Longer than a good app needs, and short enough to wait for. */
const SECONDS = 8;

/** Apps that keep whoever asks them waiting, or fall over, each in its way. */
const HOSTILE: Readonly<Record<string, Parameters<typeof serve>[0]>> = {
  hangs: () => undefined,
  drips: (_request, response) => {
    response.write("<p>");
    const drip = setInterval(() => response.write("."), 20);
    response.once("close", () => clearInterval(drip));
  },
  crashes: (_request, response) => response.destroy(),
  floods: (_request, response) => {
    const pour = (): void => {
      while (!response.destroyed && response.write("<p>flood</p>".repeat(10_000)));
    };
    response.on("drain", pour);
    pour();
  },
};

function app(start: string, more: object = {}) {
  return { kind: "app", channels: ["oidc"], start, signedIn: { selector: "#who" }, ...more };
}

/** The good app, each hostile one, and one whose program does not come up. */
async function definitionsWith(cleanup: Cleanup, goodOrigin: string): Promise<TargetDefinitions> {
  const hostile: Record<string, object> = {};
  for (const [name, listener] of Object.entries(HOSTILE)) {
    hostile[name] = app(cleanup.use(await serve(listener)).origin);
  }
  const run = [process.execPath, "-e", "setInterval(() => {}, 1000)"];
  const ready = await deadOrigin();
  const absent = app(ready, { command: { run, ready, timeoutSeconds: 1 } });
  return targetsSchema.parse({ absent, ...hostile, good: app(`${goodOrigin}/portal`) });
}

test("apps that hang, drip, fall over, flood or never come up keep no good one from being tested", async () => {
  await openTogether(async (cleanup) => {
    const port = Number(new URL(await deadOrigin()).port);
    const idp = await startIdp({ port });
    const good = cleanup.use(await startZooApp(idp, openOidc, traitsOf("correct", [])));
    await idp.stop();
    const definitions = await definitionsWith(cleanup, good.origin);
    const scenarios = await loadBundled(["id-token-with-mfa", "id-token-stranger-key", "id-token-expired"]);
    const channels = ["oidc" as const];
    const facts = Object.keys(definitions).map((name) => ({
      name,
      channels,
      transports: ["protocol" as const],
    }));
    const plan = planCases(expandCases(scenarios, facts, ["protocol"]), {});
    const settings = { definitions, idp: { port }, trust: async () => undefined, longestSeconds: SECONDS };
    const running = cleanup.use(await startTargets(plan.cases, settings));
    const signal = AbortSignal.timeout(100_000);
    const { down, targets, trust } = running;
    const examined = { ...running, relyingParties: [], wantsBrowser: false, signal, longestSeconds: SECONDS };
    const checks = await examine(examined);
    const told: RunEvent[] = [];
    const onEvent = (event: RunEvent): void => void told.push(event);
    const options = { plan, scenarios, notRun: 0, targets, trust, workers: 2, signal, onEvent };
    await run({ ...options, timeoutSeconds: 15, now: () => 0 });

    expect([...down.keys()]).toEqual(["absent"]);
    const failed = checks
      .filter(({ status }) => status === "fail")
      .map(({ what, found }) => `${what}: ${found}`);
    expect(failed).toEqual([
      expect.stringMatching(/^absent: start: absent did not come up: .* did not answer within 1 s/),
      expect.stringMatching(/^hangs: .*: cannot be read: not over within 8 s$/),
      expect.stringMatching(/^drips: .*: cannot be read: not over within 8 s$/),
      expect.stringMatching(/^crashes: .*: cannot be read: /),
    ]);
    const ends = told.flatMap((event) => (event.type === "case-end" ? [event] : []));
    const statuses = (name: string) =>
      ends.filter(({ id }) => id.endsWith(`/${name}`)).map(({ result }) => result.outcome.status);
    expect(statuses("good")).toEqual(["pass", "pass", "pass"]);
    for (const name of ["absent", ...Object.keys(HOSTILE)])
      expect([name, ...statuses(name)]).toEqual([name, "error", "error", "error"]);
    expect(told.at(-1)).toMatchObject({ type: "run-end", interrupted: false });
    await cleanup[Symbol.asyncDispose]();
  });
});
