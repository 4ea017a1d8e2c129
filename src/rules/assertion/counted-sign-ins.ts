import type { Policy } from "../../policy.ts";
import { parseInstant } from "../../read/saml-time.ts";
import { hasEnded } from "./validity.ts";

/** A time as written, if it is there, and where. */
export interface PlacedTime {
  readonly at: string;
  readonly time: string | undefined;
}

/** One statement that somebody signed in: what stands in it belongs together. */
export interface SignIn {
  readonly instant: PlacedTime;
  /** When the session ends that began with it. */
  readonly sessionEnd: PlacedTime;
  /** Whether this very statement says MFA where the reader looks. */
  readonly statesMfa: boolean;
}

/** All that a message says about sign-ins, before it is known which of them count. */
export interface SignIns {
  readonly statements: readonly SignIn[];
  /** Whether MFA is stated outside of them, in an attribute: which sign-in that was, nothing says. */
  readonly attributeStatesMfa: boolean;
  /** Times that a claim gives for the sign-in: they hold beside those of any statement. */
  readonly claimed: readonly PlacedTime[];
}

/** The sign-ins that a verdict rests on, all of which must hold, and when the user did the least recent of them. */
export interface CountedSignIns {
  readonly statements: readonly SignIn[];
  /** The time of the least recent one; one that cannot be read comes before all others. */
  readonly instant: PlacedTime | undefined;
  /** Seconds since the epoch; undefined when it cannot be read, or none is given. */
  readonly authenticatedAt: number | undefined;
}

/** Sets of sign-ins that could each prove the MFA: a statement that says it, or all where only an attribute does. */
function candidates({ statements, attributeStatesMfa }: SignIns): readonly (readonly SignIn[])[] {
  const stating = statements.filter(({ statesMfa }) => statesMfa).map((each) => [each]);
  if (attributeStatesMfa) return [...stating, statements];
  return stating.length > 0 ? stating : statements.map((each) => [each]);
}

function secondsOf({ time }: PlacedTime): number {
  return (time === undefined ? undefined : parseInstant(time)) ?? Number.NEGATIVE_INFINITY;
}

function counted(statements: readonly SignIn[], { claimed }: SignIns): CountedSignIns {
  const [first, ...others] = [...statements.map(({ instant }) => instant), ...claimed];
  if (first === undefined) return { statements, instant: undefined, authenticatedAt: undefined };
  const instant = others.reduce((least, each) => (secondsOf(each) < secondsOf(least) ? each : least), first);
  const seconds = secondsOf(instant);
  return { statements, instant, authenticatedAt: Number.isFinite(seconds) ? seconds : undefined };
}

/** Whether the sign-in is more recent than the policy allows at most; one of unknown age is not. */
export function isRecent({ authenticatedAt }: CountedSignIns, policy: Policy, now: number): boolean {
  const { maxAuthAgeSeconds, clockSkewSeconds } = policy;
  if (maxAuthAgeSeconds === undefined) return true;
  return authenticatedAt !== undefined && now - authenticatedAt <= maxAuthAgeSeconds + clockSkewSeconds;
}

function demerits(candidate: CountedSignIns, policy: Policy, now: number): number {
  const ended = candidate.statements.filter(({ sessionEnd }) => hasEnded(sessionEnd.time, policy, now));
  return ended.length + (isRecent(candidate, policy, now) ? 0 : 1);
}

/**
 * The sign-ins that a verdict rests on. Of several statements that say MFA the one that fits best counts: its time and
 * its session end are then those that are judged, never the time of one and the end of another. Where only an
 * attribute says MFA, nothing tells at which sign-in it was done, so all of them have to hold. Where nothing says MFA,
 * the most recent sign-in counts, because the user was seen then.
 *
 * @see SAML core §2.7.2, SAML 1.1 core §2.4.3: the context and the instant of one statement are of one act
 */
export function countedSignIns(signIns: SignIns, policy: Policy, now: number): CountedSignIns {
  let best = counted([], signIns);
  let fewest = Number.POSITIVE_INFINITY;
  for (const statements of candidates(signIns)) {
    const candidate = counted(statements, signIns);
    const found = demerits(candidate, policy, now);
    const later = (candidate.authenticatedAt ?? 0) > (best.authenticatedAt ?? 0);
    if (found > fewest || (found === fewest && !later)) continue;
    best = candidate;
    fewest = found;
  }
  return best;
}
