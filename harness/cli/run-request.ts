import { HarnessError } from "../errors.ts";
import type { Shard } from "../run/events.ts";
import { type Plan, planCases, type PlanOptions } from "../run/plan.ts";
import { REFERENCE_TARGETS } from "../run/reference-facts.ts";
import type { TargetSettings } from "../run/start-targets.ts";
import { BUNDLED_SCENARIOS } from "../scenario/bundled.ts";
import { expandCases } from "../scenario/expand.ts";
import { loadScenarios } from "../scenario/load.ts";
import { type Scenario, type Transport, TRANSPORTS } from "../scenario/schema.ts";
import { targetFacts } from "../target/definition/facts.ts";
import type { TargetDefinitions } from "../target/definition/targets.ts";
import type { Config } from "./config.ts";
import type { HeldAgainst } from "./listeners.ts";
import { targetSettings } from "./target-settings.ts";

/** Flags of `mfa-harness run`, as parsed. */
export interface RunFlags extends HeldAgainst {
  readonly config?: string;
  readonly reporter?: readonly string[];
  readonly transport?: readonly string[];
  readonly target?: readonly string[];
  readonly grep?: RegExp;
  readonly list?: boolean;
  readonly workers?: number;
  readonly timeout?: number;
  readonly retries?: number;
  readonly failFast?: boolean;
  readonly watch?: boolean;
  readonly seed?: number;
  readonly shard?: Shard;
  /** Runs apps with deliberate mistakes instead. */
  readonly flawed?: boolean;
  /** How long a mistake is looked for: `first`, `named` or `all`. */
  readonly hunt?: string;
  /** Event stream of an interrupted run. */
  readonly resume?: string;
}

/** What a run is asked to do: flags and configuration put together, flags first. */
export interface RunRequest {
  readonly plan: Plan;
  readonly shard: Shard | undefined;
  /** Every scenario that is run or that is the control of one. */
  readonly scenarios: readonly Scenario[];
  readonly notRun: number;
  /** How many cases are chosen, those of other shards included. */
  readonly chosen: number;
  readonly workers: number;
  readonly timeoutSeconds: number | undefined;
  readonly retries: number | undefined;
  readonly failFast: boolean | undefined;
  readonly reporters: readonly string[];
  readonly heldAgainst: HeldAgainst;
  /** Scenario files and folders that were read. */
  readonly folders: readonly string[];
  /** What targets are started with. */
  readonly settings: TargetSettings;
}

const DEFAULT_REPORTERS = ["list", "html"];
const DEFAULT_TRANSPORTS: readonly Transport[] = ["direct", "protocol"];
const DEFAULT_WORKERS = 8;

/**
 * Reads the scenarios and decides what a run runs.
 *
 * @throws HarnessError for scenarios that cannot be read, and names that nothing has
 */
export async function readRunRequest(
  paths: readonly string[],
  flags: RunFlags,
  config: Config,
): Promise<RunRequest> {
  const folders = paths.length > 0 ? paths : (config.scenarios ?? [BUNDLED_SCENARIOS]);
  const scenarios = await loadScenarios(folders);
  const transports = flags.transport?.map(transportNamed) ?? config.transports ?? DEFAULT_TRANSPORTS;
  const { targets: definitions = {} } = config;
  const facts = [...REFERENCE_TARGETS, ...targetFacts(definitions)];
  const targets = targetNames(flags.target, definitions);
  const { grep, seed, shard } = flags;
  const chosen = (names: readonly Transport[], options: PlanOptions): Plan =>
    planCases(expandCases(scenarios, facts, names), { grep, targets, ...options });
  const without = chosen(transports, {}).cases.length;
  return {
    plan: chosen(transports, { seed, shard }),
    shard,
    scenarios: await withControls(scenarios),
    notRun: chosen(TRANSPORTS, {}).cases.length - without,
    chosen: without,
    workers: flags.workers ?? config.workers ?? DEFAULT_WORKERS,
    timeoutSeconds: flags.timeout ?? config.timeoutSeconds,
    retries: flags.retries ?? config.retries,
    failFast: flags.failFast,
    reporters: flags.reporter ?? config.reporters ?? DEFAULT_REPORTERS,
    heldAgainst: { baseline: flags.baseline ?? config.baseline, compare: flags.compare },
    folders,
    settings: await targetSettings(config),
  };
}

/** Whoever runs a few scenarios, or scenarios of their own, has the controls that come with the package. */
async function withControls(scenarios: readonly Scenario[]): Promise<readonly Scenario[]> {
  const ids = new Set(scenarios.map(({ id }) => id));
  const missing = scenarios.some(({ control }) => control !== undefined && !ids.has(control));
  if (!missing) return scenarios;
  const bundled = await loadScenarios([BUNDLED_SCENARIOS]);
  return [...scenarios, ...bundled.filter(({ id }) => !ids.has(id))];
}

function transportNamed(name: string): Transport {
  const transport = TRANSPORTS.find((known) => known === name);
  if (transport !== undefined) return transport;
  const hint = `Known transports: ${TRANSPORTS.join(", ")}.`;
  throw new HarnessError("ERR_USAGE", `there is no transport "${name}"`, hint);
}

/** Those that flags name; else those of the configuration; else, where it has none, all that come along: undefined. */
function targetNames(
  wanted: readonly string[] | undefined,
  definitions: TargetDefinitions,
): readonly string[] | undefined {
  const own = Object.keys(definitions);
  const known = [...REFERENCE_TARGETS.map(({ name }) => name), ...own];
  const unknown = wanted?.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const hint = `Known targets: ${known.join(", ")}.`;
    throw new HarnessError("ERR_USAGE", `there is no target "${unknown}"`, hint);
  }
  return wanted ?? (own.length === 0 ? undefined : own);
}
