import { rules } from "../rules/index.ts";
import type { Verdict } from "../verdict.ts";

/** What a matcher of vitest or jest gives back. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** The matchers as `expect` offers them; `R` is what the test framework returns. */
export interface MfaMatchers<R = void> {
  /** The verdict is `compliant`. */
  toBeMfaCompliant: () => R;
  /** The verdict has a finding of this rule. */
  toHaveFinding: (rule: string) => R;
}

type ShownVerdict = Pick<Verdict, "verdict" | "reason" | "findings">;

/**
 * Matchers for `expect.extend`, the same for vitest and jest; nothing of either is loaded.
 *
 * Each throws a TypeError when it is not given a verdict, e.g. a promise that nobody awaited, and `toHaveFinding` when
 * there is no such rule: `not.toHaveFinding` of a misspelt rule would hold for ever.
 */
export const mfaMatchers: {
  readonly toBeMfaCompliant: (received: unknown) => MatcherResult;
  readonly toHaveFinding: (received: unknown, rule: string) => MatcherResult;
} = {
  toBeMfaCompliant: (received) => {
    const verdict = verdictIn(received);
    const pass = verdict.verdict === "compliant";
    return {
      pass,
      message: () => `expected a verdict that is ${pass ? "not " : ""}compliant, ${shown(verdict)}`,
    };
  },
  toHaveFinding: (received, rule) => {
    const verdict = verdictIn(received);
    if (!rules.some(({ id }) => id === rule)) throw new TypeError(`there is no rule ${rule}`);
    const pass = verdict.findings.some((finding) => finding.rule === rule);
    return { pass, message: () => `expected ${pass ? "no" : "a"} finding of ${rule}, ${shown(verdict)}` };
  },
};

function shown({ verdict, reason, findings }: ShownVerdict): string {
  const lines = findings.map(({ rule, severity, at, message, fix }) => {
    const remedy = fix ?? rules.find(({ id }) => id === rule)?.remedy;
    const change = remedy === undefined ? "" : `\n    change: ${remedy}`;
    return `\n  ${severity}: ${rule}${at === "" ? "" : ` at ${at}`}\n    ${message}${change}`;
  });
  return `but it is ${verdict}: ${reason}${lines.length === 0 ? "\n  no findings" : lines.join("")}`;
}

function verdictIn(received: unknown): ShownVerdict {
  if (isVerdict(received)) return received;
  const what = received instanceof Promise ? "a promise: await the judge first" : typeof received;
  throw new TypeError(`expected a verdict of mfa-harness, but this is ${what}`);
}

function isVerdict(value: unknown): value is ShownVerdict {
  if (typeof value !== "object" || value === null) return false;
  return "verdict" in value && "reason" in value && "findings" in value && Array.isArray(value.findings);
}
