import { createHash } from "node:crypto";
import type { Case } from "../scenario/expand.ts";
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
}

/** The cases of one run. */
export interface Plan {
  readonly cases: readonly Case[];
  /** Tells one plan from another; the same for every shard. */
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

/**
 * Chooses and orders cases. A shard takes every n-th case of the plan, so that slow channels are spread over all.
 *
 * @param all every case, in the order of the scenarios
 */
export function planCases(all: readonly Case[], { grep, targets, seed, shard }: PlanOptions): Plan {
  const chosen = all
    .filter((one) => grep === undefined || matches(one, grep))
    .filter(({ target }) => targets === undefined || targets.includes(target));
  const ordered = seed === undefined ? chosen : shuffled(chosen, seed);
  const cases =
    shard === undefined ? ordered : ordered.filter((_, place) => place % shard.count === shard.index - 1);
  return { cases, id: planId(ordered) };
}

function planId(cases: readonly Case[]): string {
  return createHash("sha256")
    .update(cases.map(({ id }) => id).join("\n"))
    .digest("base64url");
}
