import { expect, test } from "vitest";
import { planCases, type PlanOptions } from "../../../harness/run/plan.ts";
import type { Case } from "../../../harness/scenario/expand.ts";
import { scenarioSchema } from "../../../harness/scenario/schema.ts";

const CASES: readonly Case[] = ["alpha", "beta", "gamma", "delta", "epsilon"].map((id) => {
  const scenario = scenarioSchema.parse({
    id,
    title: `Title of ${id}`,
    why: "w",
    references: [id === "beta" ? "PSR-036" : "RFC 8176"],
    covers: id === "gamma" ? ["oidc-rp/O12"] : [],
    emission: { channel: "oidc", profile: "password-only" },
    transport: ["direct"],
    expect: { verdict: "non-compliant" },
  });
  const target = id === "delta" ? "other" : "library";
  return { id: `${id}/direct/${target}`, scenario, transport: "direct", target };
});

function names(options: PlanOptions): readonly string[] {
  return planCases(CASES, options).cases.map(({ scenario }) => scenario.id);
}

test.each<{ options: PlanOptions; chosen: readonly string[] }>([
  { options: {}, chosen: ["alpha", "beta", "gamma", "delta", "epsilon"] },
  { options: { grep: /^beta\// }, chosen: ["beta"] },
  { options: { grep: /title of d/i }, chosen: ["delta"] },
  { options: { grep: /PSR-036/ }, chosen: ["beta"] },
  { options: { grep: /O12/ }, chosen: ["gamma"] },
  { options: { targets: ["other"] }, chosen: ["delta"] },
  { options: { shard: { index: 1, count: 2 } }, chosen: ["alpha", "gamma", "epsilon"] },
  { options: { shard: { index: 2, count: 2 } }, chosen: ["beta", "delta"] },
  { options: { shard: { index: 7, count: 7 } }, chosen: [] },
])("$options → $chosen", ({ options, chosen }) => {
  expect(names(options)).toEqual(chosen);
});

test("a seed shuffles, the same way each time, and other seeds do it otherwise", () => {
  const seeds = Array.from({ length: 20 }, (_, seed) => names({ seed }).join(" "));
  expect(seeds).toEqual(Array.from({ length: 20 }, (_, seed) => names({ seed }).join(" ")));
  expect(new Set(seeds).size).toBeGreaterThan(10);
  for (const order of seeds) expect(order.split(" ").toSorted()).toEqual(names({}).toSorted());
});

test("a plan has one id for all its shards, and another for other cases or another order", () => {
  const shard = { index: 1, count: 2 };
  expect(planCases(CASES, { shard }).id).toBe(planCases(CASES, {}).id);
  const ids = [{}, { grep: /beta/ }, { seed: 1 }, { seed: 2 }].map((options) => planCases(CASES, options).id);
  expect(new Set(ids).size).toBe(4);
});
