import type { Policy } from "../../policy.ts";
import { parseInstant } from "../../read/saml-time.ts";

/** Whether an end, which is itself excluded, has been reached; an absent or unreadable one never is. */
export function hasEnded(end: string | undefined, { clockSkewSeconds }: Policy, now: number): boolean {
  const seconds = end === undefined ? undefined : parseInstant(end);
  return seconds !== undefined && now >= seconds + clockSkewSeconds;
}

/** Whether a beginning has been reached; an absent or unreadable one always is. */
export function hasBegun(start: string | undefined, { clockSkewSeconds }: Policy, now: number): boolean {
  const seconds = start === undefined ? undefined : parseInstant(start);
  return seconds === undefined || now >= seconds - clockSkewSeconds;
}

/**
 * Whether an end is not after its beginning, so that no moment lies between them. Where the clock alone says that it is
 * over or has not begun, other rules speak: this is for two times that a tolerance for clocks lets pass one by one.
 */
export function isNeverValid(
  start: string | undefined,
  end: string | undefined,
  policy: Policy,
  now: number,
): boolean {
  const [from, until] = [start, end].map((each) => (each === undefined ? undefined : parseInstant(each)));
  if (from === undefined || until === undefined || from < until) return false;
  return hasBegun(start, policy, now) && !hasEnded(end, policy, now);
}
