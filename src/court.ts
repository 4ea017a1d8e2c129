import type { ArtifactKind, Channel } from "./artifact.ts";
import { readingCharges, ruleCharges } from "./charge.ts";
import { decide } from "./decide.ts";
import type { Evidence } from "./evidence.ts";
import { leftOpen } from "./left-open.ts";
import { disagreementWith, readersIn } from "./matchers/disagreement.ts";
import { answersTo } from "./matchers/matchers.ts";
import type { Policy } from "./policy.ts";
import type { Reading } from "./read/reading.ts";
import type { ReadingRule, Rule } from "./rule.ts";
import type { SeenMfa } from "./seen-mfa.ts";
import type { Verdict } from "./verdict.ts";

/** One kind of artifact as one channel judges it: how it is read, and by which rules. */
export interface Court<Input, Artifact> {
  readonly channel: Channel;
  readonly artifact: ArtifactKind;
  readonly read: (input: Input, policy: Policy) => Promise<Reading<Artifact>>;
  readonly rules: readonly Rule<Artifact>[];
  readonly readingRules: readonly ReadingRule[];
  /** What the artifact says to the reader of the policy: which of several sign-ins counts depends on it. */
  readonly evidence: (artifact: Artifact, policy: Policy, now: number) => Evidence;
  /** What the policy leaves open of this very artifact, besides what it does of any in the channel. */
  readonly leftOpen?: (artifact: Artifact, policy: Policy) => readonly string[];
  /** Whether the artifact may be for Entra by what it says itself; absent: its kind alone says who reads it. */
  readonly mayBeForEntra?: (artifact: Artifact) => boolean;
  /** Which readers see each value that says MFA; absent where the readers of the channel see the same places. */
  readonly seenBy?: (artifact: Artifact, policy: Policy) => readonly SeenMfa[];
}

/**
 * Judges one artifact: reads it, runs every rule, and weighs what they found.
 *
 * @param now seconds since the epoch
 * @throws TypeError when the policy or the clock cannot be judged by
 */
export async function judgeIn<Input, Artifact>(
  court: Court<Input, Artifact>,
  input: Input,
  policy: Policy,
  now: number,
): Promise<Verdict> {
  checkArguments(policy, now);
  return verdictOf(court, await court.read(input, policy), policy, now);
}

function verdictOf<Artifact>(
  court: Omit<Court<never, Artifact>, "read">,
  { artifact, unverified, signature, obstacles }: Reading<Artifact>,
  policy: Policy,
  now: number,
): Verdict {
  const read = artifact !== undefined;
  const charges = [
    ...readingCharges({ obstacles }, court.readingRules),
    ...(read ? ruleCharges(artifact, court.rules, policy, now) : []),
  ];
  const evidence = read ? court.evidence(artifact, policy, now) : undefined;
  const shown = evidence ?? (unverified === undefined ? undefined : court.evidence(unverified, policy, now));
  const visibility = charges.find((charge) => charge.visibility !== undefined)?.visibility;
  const decision = decide({ signature, read, charges });
  const matchers = answersTo({ artifact: court.artifact, statements: shown?.statements, read });
  const readers = readersIn(court.channel, matchers, read && court.mayBeForEntra?.(artifact) === false);
  return {
    ...decision,
    channel: court.channel,
    artifact: court.artifact,
    policy: policy.id,
    signature,
    findings: charges.map(({ finding }) => finding),
    ...(visibility === undefined ? {} : { visibility }),
    evidence,
    matchers,
    disagreement: disagreementWith(decision.verdict, readers),
    ...(read ? seenIn(court, artifact, policy) : {}),
    unchecked: [
      ...leftOpen(court.channel, policy),
      ...(read ? (court.leftOpen?.(artifact, policy) ?? []) : []),
    ],
  };
}

function seenIn<Artifact>(
  court: Pick<Court<never, Artifact>, "seenBy">,
  artifact: Artifact,
  policy: Policy,
): Pick<Verdict, "seenBy"> {
  const seenBy = court.seenBy?.(artifact, policy) ?? [];
  return seenBy.length === 0 ? {} : { seenBy };
}

function checkArguments(policy: Policy, now: number): void {
  // A comparison with NaN is false, which would let an expired token through.
  if (!Number.isFinite(now)) throw new TypeError("now must be a number of seconds since the epoch");
  const { clockSkewSeconds, maxAuthAgeSeconds = 0, minRsaBits, maxBytes = 0 } = policy;
  const numbers = [clockSkewSeconds, maxAuthAgeSeconds, minRsaBits, maxBytes];
  if (!numbers.every((value) => Number.isFinite(value) && value >= 0)) {
    throw new TypeError(
      "clockSkewSeconds, maxAuthAgeSeconds, minRsaBits and maxBytes must be finite numbers, not negative",
    );
  }
}
