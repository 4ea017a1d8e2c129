import { createHash } from "node:crypto";
import type { Case } from "../scenario/expand.ts";
import type { Scenario } from "../scenario/schema.ts";
import type { Shard } from "./events.ts";

/** Which of all cases a run runs, and in which order. */
export interface PlanOptions {
  /** Looked for in id, title, references and covers of the scenario. */
  readonly grep?: RegExp | undefined;
  /** Names of targets; undefined: all. */
  readonly targets?: readonly string[] | undefined;
  /** Shuffles the cases, the same way for the same seed. */
  readonly seed?: number | undefined;
  readonly shard?: Shard | undefined;
  /** What else decides how the cases come out, as plain data, e.g. how targets are set: with another it is another plan. */
  readonly setting?: unknown;
}

/** The cases of one run. */
export interface Plan {
  readonly cases: readonly Case[];
  /** Those of every shard. */
  readonly ofAllShards: readonly Case[];
  /** Tells one plan from another, by cases, their order, their scenarios and the setting; the same for every shard. */
  readonly id: string;
}

function matches({ id, scenario }: Case, grep: RegExp): boolean {
  const { title, references, covers } = scenario;
  return [id, title, ...references, ...covers].some((text) => grep.test(text));
}

/** A number from 0 to 1 made of a seed and a text: the same everywhere, and unlike for unlike texts. */
function drawn(seed: number, text: string): number {
  return createHash("sha256").update(`${seed} ${text}`).digest().readUInt32BE(0) / 2 ** 32;
}

function shuffled(cases: readonly Case[], seed: number): readonly Case[] {
  const places = new Map(cases.map(({ id }) => [id, drawn(seed, id)]));
  return cases.toSorted((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0));
}

/** Those cases that are chosen, in their order. */
export function chooseCases(
  all: readonly Case[],
  { grep, targets }: Pick<PlanOptions, "grep" | "targets">,
): readonly Case[] {
  return all.filter(
    (one) =>
      (grep === undefined || matches(one, grep)) && (targets === undefined || targets.includes(one.target)),
  );
}

/**
 * Chooses and orders cases. A shard takes every n-th case of the plan, so that slow channels are spread over all.
 *
 * @param all every case, in the order of the scenarios
 */
export function planCases(all: readonly Case[], options: PlanOptions): Plan {
  const { seed, shard, setting } = options;
  const chosen = chooseCases(all, options);
  const ordered = seed === undefined ? chosen : shuffled(chosen, seed);
  const cases =
    shard === undefined ? ordered : ordered.filter((_, place) => place % shard.count === shard.index - 1);
  return { cases, ofAllShards: ordered, id: planId(ordered, setting) };
}

function planId(cases: readonly Case[], setting: unknown): string {
  const digests = new Map<Scenario, string>();
  const digestOf = (scenario: Scenario): string => {
    const digest = digests.get(scenario) ?? digestOfScenario(scenario);
    digests.set(scenario, digest);
    return digest;
  };
  const hash = createHash("sha256").update(JSON.stringify(setting) ?? "");
  for (const { id, scenario } of cases) hash.update(`\n${id} ${digestOf(scenario)}`);
  return hash.digest("base64url");
}

/** Where its file lies is no part of what a scenario says. */
function digestOfScenario({ file: _file, ...said }: Scenario): string {
  return createHash("sha256").update(JSON.stringify(said)).digest("base64url");
}
