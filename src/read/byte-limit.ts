import type { Policy } from "../policy.ts";

const DEFAULT_MAX_BYTES = 2 * 1024 * 1024;

/** Longest artifact that is read under a policy, bytes. */
export function byteLimit({ maxBytes = DEFAULT_MAX_BYTES }: Pick<Policy, "maxBytes">): number {
  return maxBytes;
}
