import { resolve } from "node:path";
import { HarnessError } from "../../errors.ts";
import type { LeftOut, Shard } from "../../run/events.ts";
import { leftOut } from "../../run/left-out.ts";
import { chooseCases, type Plan, planCases } from "../../run/plan.ts";
import { REFERENCE_TARGETS } from "../../run/reference/facts.ts";
import type { TargetSettings } from "../../run/start-targets.ts";
import { BUNDLED_SCENARIOS } from "../../scenario/bundled.ts";
import { expandCases, type TargetFacts } from "../../scenario/expand.ts";
import { loadControls, loadScenarios } from "../../scenario/load.ts";
import { type Scenario, type Transport, TRANSPORTS } from "../../scenario/schema.ts";
import type { TargetDefinitions } from "../../target/definition/targets.ts";
import type { Config } from "../config/config-schema.ts";
import { type HeldAgainst, heldFiles } from "../reports/held-against.ts";
import type { InputFile } from "../reports/report-paths.ts";
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
  /** False: nothing is kept. */
  readonly evidence?: string | false;
  readonly failFast?: boolean;
  readonly watch?: boolean;
  readonly seed?: number;
  readonly shard?: Shard;
  /** Runs apps with deliberate mistakes instead. */
  readonly flawed?: boolean;
  /** How long a mistake is looked for: `first`, `named` or `all`. */
  readonly hunt?: string;
  readonly freshKeys?: true;
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
  /** What the targets of the configuration are not taken through. */
  readonly leftOut: readonly LeftOut[];
  /** How many cases are chosen, those of other shards included. */
  readonly chosen: number;
  readonly workers: number;
  readonly timeoutSeconds: number | undefined;
  readonly retries: number | undefined;
  /** Folder for what browsers showed in attempts that did not pass; undefined: nothing is kept. */
  readonly evidence: string | undefined;
  readonly reporters: readonly string[];
  readonly heldAgainst: HeldAgainst;
  /** Files that were read, over which no report is written. */
  readonly inputs: readonly InputFile[];
  /** Scenario files and folders that were read. */
  readonly folders: readonly string[];
  /** What targets are started with. */
  readonly settings: TargetSettings;
}

const DEFAULT_REPORTERS = ["list", "html"];
const DEFAULT_TRANSPORTS: readonly Transport[] = ["direct", "protocol"];
const DEFAULT_WORKERS = 8;
const DEFAULT_EVIDENCE = "mfa-harness-evidence";

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
  const controls = [...scenarios, ...(await loadControls(scenarios))];
  const facts = [...REFERENCE_TARGETS, ...(await ownFacts(config, controls))];
  const targets = targetNames(flags.target, definitions);
  const { grep, seed, shard, timeout: timeoutSeconds = config.timeoutSeconds } = flags;
  const heldAgainst = { baseline: flags.baseline ?? config.baseline, compare: flags.compare };
  const chosen = chooseCases(expandCases(scenarios, facts, transports), { grep, targets });
  const onAll = chooseCases(expandCases(scenarios, facts, TRANSPORTS), { grep, targets });
  return {
    plan: planCases(chosen, { seed, shard, setting: settingOf(config, controls) }),
    shard,
    scenarios: controls,
    notRun: onAll.length - chosen.length,
    leftOut: leftOut({ scenarios, facts, transports, grep, targets }),
    chosen: chosen.length,
    workers: flags.workers ?? config.workers ?? DEFAULT_WORKERS,
    timeoutSeconds,
    retries: flags.retries ?? config.retries,
    evidence: evidenceFolder(flags),
    reporters: flags.reporter ?? config.reporters ?? DEFAULT_REPORTERS,
    heldAgainst,
    inputs: [...inputsOf(flags, config, scenarios), ...heldFiles(heldAgainst)],
    folders,
    settings: await targetSettings(config, flags.freshKeys === true, timeoutSeconds),
  };
}

function inputsOf(
  flags: RunFlags,
  { serve, targets, reporters = [] }: Config,
  scenarios: readonly Scenario[],
): readonly InputFile[] {
  return [
    { what: "the configuration", path: flags.config ?? "mfa-harness.yaml" },
    ...(serve?.serviceProviders ?? []).map((path) => ({ what: "the metadata", path })),
    ...Object.values(targets ?? {}).flatMap((one) =>
      one.kind === "library" && one.adapter !== undefined && /[./]/.test(one.adapter)
        ? [{ what: "the adapter", path: one.adapter }]
        : [],
    ),
    ...(flags.resume === undefined || continues(flags.resume, flags.reporter ?? reporters)
      ? []
      : [{ what: "the event stream to resume", path: flags.resume }]),
    ...scenarios.flatMap(({ file }) => (file === undefined ? [] : [{ what: "the scenario", path: file }])),
  ];
}

/** An event stream that is resumed may go on in its own file: what was told is told again there. */
function continues(file: string, reporters: readonly string[]): boolean {
  return reporters.some(
    (one) => one.startsWith("jsonl:") && resolve(one.slice("jsonl:".length)) === resolve(file),
  );
}

function evidenceFolder({ evidence = DEFAULT_EVIDENCE }: RunFlags): string | undefined {
  return evidence === false ? undefined : evidence;
}

/** Loaded late: a run against what comes along needs none of it. */
async function ownFacts(
  { targets, serve }: Config,
  scenarios: readonly Scenario[],
): Promise<readonly TargetFacts[]> {
  if (targets === undefined) return [];
  const { targetFacts } = await import("../../target/definition/facts.ts");
  return targetFacts(targets, { relyingParties: serve?.relyingParties, scenarios });
}

/** What decides beside the cases themselves: how targets and the IdP are set, and what the controls say. */
function settingOf({ targets, serve }: Config, scenarios: readonly Scenario[]): unknown {
  const named = new Set(scenarios.map(({ control }) => control));
  const controls = scenarios.filter(({ id }) => named.has(id)).map(({ file: _file, ...said }) => said);
  return { targets, serve, controls };
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
