import type { Severity } from "./finding.ts";
import type { Policy } from "./policy.ts";
import type { ObstacleKind } from "./read/reading.ts";
import type { Verdict, Visibility } from "./verdict.ts";

/** What a rule is, apart from its check: what `mfa-harness rules` lists. */
export interface RuleInfo {
  /** `<channel>.<subject>.<fault>`: never renamed, never reused. */
  readonly id: string;
  readonly severity: Severity;
  /** The fault in a few words. */
  readonly title: string;
  /** Ids of the requirements that are at stake (`PSR-036`, `PSX-14`, `F-12`: docs/requirements.md), may be empty. */
  readonly requirements: readonly string[];
  /** Where the requirement is written, e.g. `RFC 8176 §2`. */
  readonly reference: string;
  /** One sentence: what the vendor or the partner has to change. */
  readonly remedy: string;
  /**
   * What the fault is about: `message`, whether the artifact may be believed at all, or `evidence`, whether it
   * shows MFA. An exemption excuses missing evidence, never a message that cannot be believed.
   */
  readonly about: "message" | "evidence";
  /** The verdict a fault calls for; by default `non-compliant` for an error and none for the others. */
  readonly verdict?: Verdict["verdict"];
  /** Set where a fault tells real MFA that nobody sees from MFA that is only claimed: the cures differ. */
  readonly visibility?: Visibility;
}

/** One place that breaks a rule, before the rule's name and severity are put on it. */
export interface Fault {
  readonly at: string;
  readonly message: string;
  /** What to change, where the remedy of the rule does not fit what was found. */
  readonly fix?: string;
}

/** One requirement as code, on what a reader made of the artifact. */
export interface Rule<Artifact> extends RuleInfo {
  /** Faults where it is broken, `[]` where it holds, `undefined` where it has nothing to say; never throws. */
  readonly check: (artifact: Artifact, policy: Policy, now: number) => readonly Fault[] | undefined;
}

/** A requirement that reading itself checks: an obstacle of this kind becomes a finding of this rule. */
export interface ReadingRule extends RuleInfo {
  readonly obstacle: ObstacleKind;
}
