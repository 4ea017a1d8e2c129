import { openTogether } from "../cleanup.ts";
import { startIdp } from "../idp/start-idp.ts";
import type { Flaw, OwnCode, Variant } from "../partner/flawed/flaw.ts";
import type { Scenario } from "../scenario/schema.ts";
import type { Target } from "../target/target.ts";
import { makeDrivers } from "../transport/drivers.ts";
import { makeLanes } from "../transport/lanes.ts";
import { attemptCase, type Attempted, type AttemptOptions } from "./attempt.ts";
import { isRightDecision } from "./decisions.ts";
import { type Ground, startFlawedApp } from "./reference/flawed-apps.ts";

/** How long a hunt goes on: until a scenario tells, over those that the flaw names, or over all of its channel. */
export type Hunt = "first" | "named" | "all";

/** What to run. */
export interface FlawedRunOptions {
  readonly flaws: readonly Flaw[];
  readonly correct: readonly OwnCode[];
  readonly scenarios: readonly Scenario[];
  /** Where controls are found, whether they are among the scenarios or not. */
  readonly controls: readonly Scenario[];
  readonly hunt: Hunt;
  readonly workers: number;
  /** Longest time for one attempt. */
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
  /** Told as soon as it is known. */
  readonly onFlaw?: (result: FlawResult) => void;
}

/** What came of one flawed app. */
export interface FlawResult {
  readonly flaw: Flaw;
  /** Scenarios that told it from a correct app; none: it escaped. */
  readonly caughtBy: readonly string[];
  /** How many were tried. */
  readonly tried: number;
  /** Controls that the flawed app does not accept: what it refuses besides proves nothing. */
  readonly refusedControls: readonly string[];
}

/** A correct app that did otherwise than a scenario demands of a correct app. */
export interface FalseAlarm {
  readonly app: string;
  readonly scenario: string;
  readonly seen: string;
}

/** What came of all. */
export interface FlawedReport {
  readonly flaws: readonly FlawResult[];
  readonly correct: readonly { readonly app: string; readonly cases: number }[];
  readonly falseAlarms: readonly FalseAlarm[];
}

/** Tries a scenario on a running app. */
type Attempt = (scenario: Scenario, target: Target) => Promise<Attempted>;

/**
 * Whether an app visibly decided otherwise than demanded, as a run would tell it; an app that shows nothing has told
 * nothing, and one that rejects later than it should has rejected.
 */
function didOtherwise({ expect }: Scenario, { outcome, observation }: Attempted): boolean {
  if (outcome.status !== "fail" || observation?.decision === undefined) return false;
  return observation.decision === "accept" || !isRightDecision(observation, expect);
}

function byProtocol(scenarios: readonly Scenario[], { channel }: Variant): readonly Scenario[] {
  return scenarios.filter(
    ({ transport, emission }) => transport.includes("protocol") && emission.channel === channel,
  );
}

/** Scenarios that could tell, those that the flaw names first. */
function candidates(flaw: Flaw, scenarios: readonly Scenario[], hunt: Hunt): readonly Scenario[] {
  const own = byProtocol(scenarios, flaw).filter(({ control }) => control !== undefined);
  const named = own.filter(({ id }) => flaw.caughtBy.includes(id));
  return hunt === "named" ? named : [...named, ...own.filter((one) => !named.includes(one))];
}

/** Whether the app accepts what it has to; each control is tried once. */
function acceptance(controls: readonly Scenario[], target: Target, attempt: Attempt) {
  const byId = new Map(controls.map((control) => [control.id, control]));
  const known = new Map<string, boolean>();
  const accepts = async (id = ""): Promise<boolean> => {
    const control = byId.get(id);
    if (control === undefined) return false;
    const found = known.get(id) ?? (await attempt(control, target)).observation?.decision === "accept";
    known.set(id, found);
    return found;
  };
  return { accepts, refused: () => [...known].filter(([, accepted]) => !accepted).map(([id]) => id) };
}

async function huntFlaw(
  flaw: Flaw,
  { scenarios, controls, hunt, signal }: FlawedRunOptions,
  ground: Ground,
  attempt: Attempt,
): Promise<FlawResult> {
  await using app = await startFlawedApp(flaw, flaw.id, ground);
  const { accepts, refused } = acceptance(controls, app.target, attempt);
  const caughtBy: string[] = [];
  let tried = 0;
  for (const scenario of candidates(flaw, scenarios, hunt)) {
    signal.throwIfAborted();
    tried += 1;
    if (!(await accepts(scenario.control))) continue;
    if (didOtherwise(scenario, await attempt(scenario, app.target))) caughtBy.push(scenario.id);
    if (hunt === "first" && caughtBy.length > 0) break;
  }
  return { flaw, caughtBy, tried, refusedControls: refused() };
}

async function proveCorrect(
  app: OwnCode,
  { scenarios, workers }: FlawedRunOptions,
  ground: Ground,
  attempt: Attempt,
): Promise<{ readonly app: string; readonly cases: number; readonly falseAlarms: readonly FalseAlarm[] }> {
  await using running = await startFlawedApp(app, app.id, ground);
  const own = byProtocol(scenarios, app);
  const inLane = makeLanes(workers);
  const seen = await Promise.all(
    own.map((scenario) => inLane(async () => ({ scenario, told: await attempt(scenario, running.target) }))),
  );
  const falseAlarms = seen
    .filter(({ scenario, told }) => told.observation?.decision === undefined || didOtherwise(scenario, told))
    .map(({ scenario: { id }, told }) => ({
      app: app.id,
      scenario: id,
      seen: told.observation?.signals.join("; ") ?? "no decision in time",
    }));
  return { app: app.id, cases: own.length, falseAlarms };
}

function makeAttempt(options: FlawedRunOptions, { idp }: Ground): Attempt {
  const { timeoutSeconds, signal } = options;
  return async (scenario, target) => {
    const id = `${scenario.id}/protocol/${target.name}`;
    const attempted: AttemptOptions = { targets: [target], trust: idp.trust, timeoutSeconds, signal };
    const next = { id, scenario, transport: "protocol", target: target.name } as const;
    return await attemptCase(next, attempted);
  };
}

/**
 * Runs flawed apps and correct ones against the scenarios: each mistake has to be told by one of them, and nothing may
 * be held against a correct app.
 *
 * @throws HarnessError when the harness could not do its work
 */
export async function runFlawed(options: FlawedRunOptions): Promise<FlawedReport> {
  return await openTogether(async (cleanup) => {
    const ground = { idp: cleanup.use(await startIdp()), drivers: cleanup.use(makeDrivers()) };
    const attempt = makeAttempt(options, ground);
    const correct = [];
    for (const app of options.correct) correct.push(await proveCorrect(app, options, ground, attempt));
    const inLane = makeLanes(options.workers);
    const flaws = await Promise.all(
      options.flaws.map((flaw) =>
        inLane(async () => {
          const result = await huntFlaw(flaw, options, ground, attempt);
          options.onFlaw?.(result);
          return result;
        }),
      ),
    );
    await cleanup[Symbol.asyncDispose]();
    const falseAlarms = correct.flatMap((one) => one.falseAlarms);
    return { flaws, correct: correct.map(({ app, cases }) => ({ app, cases })), falseAlarms };
  });
}
