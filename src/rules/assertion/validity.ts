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
