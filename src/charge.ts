import type { Finding } from "./finding.ts";
import type { Policy } from "./policy.ts";
import type { Reading } from "./read/reading.ts";
import type { Fault, ReadingRule, Rule, RuleInfo } from "./rule.ts";
import type { Verdict, Visibility } from "./verdict.ts";

/** A finding with what it weighs: what it is about, and the verdict it calls for, if any. */
export interface Charge {
  readonly finding: Finding;
  readonly about: RuleInfo["about"];
  readonly calls: Verdict["verdict"] | undefined;
  readonly visibility: Visibility | undefined;
}

/**
 * Turns what stood in the way of reading into charges. Each channel has a rule for each obstacle it can meet; one
 * without a rule counts as malformed, so that nothing found in reading is ever dropped.
 */
export function readingCharges(
  { obstacles }: Pick<Reading<unknown>, "obstacles">,
  rules: readonly ReadingRule[],
): readonly Charge[] {
  return obstacles.flatMap(({ kind, ...fault }) => {
    const rule = rules.find(({ obstacle }) => obstacle === kind) ?? rules.find(isMalformed);
    return rule === undefined ? [] : [charge(rule, fault)];
  });
}

function isMalformed({ obstacle }: ReadingRule): boolean {
  return obstacle === "malformed";
}

/** Runs all rules over an artifact: nothing stops at the first. */
export function ruleCharges<Artifact>(
  artifact: Artifact,
  rules: readonly Rule<Artifact>[],
  policy: Policy,
  now: number,
): readonly Charge[] {
  const charges: Charge[] = [];
  for (const rule of rules) {
    for (const fault of rule.check(artifact, policy, now) ?? []) charges.push(charge(rule, fault));
  }
  return charges;
}

function charge(rule: RuleInfo, { at, message, fix }: Fault): Charge {
  const byDefault = rule.severity === "error" ? "non-compliant" : undefined;
  return {
    finding: { rule: rule.id, severity: rule.severity, at, message, ...(fix === undefined ? {} : { fix }) },
    about: rule.about,
    calls: rule.verdict ?? byDefault,
    visibility: rule.visibility,
  };
}
