import { READERS_MFA } from "../vocabulary/amr-readers.ts";
import type { MatcherAnswer } from "./matcher.ts";

/**
 * Compares as `Test-PartnerSecurityRequirement` does: it looks for the text anywhere in the claim, which
 * Microsoft.IdentityModel.JsonWebTokens 6.6.0 gives it as one string: a string as it is, null as the empty string,
 * all else as compact JSON. Letters of that JSON are found exactly where a value or a member name has them: what a
 * JSON writer adds around or escapes between them never spells the text.
 */
export function msCmdlet(amr: unknown): MatcherAnswer {
  if (amr === undefined) return "missing";
  // A list of what is still to be looked at, not recursion: the depth of the value is not ours to choose.
  const rest: unknown[] = [amr];
  while (rest.length > 0) {
    const value = rest.pop();
    if (typeof value === "string" && value.includes(READERS_MFA)) return "pass";
    if (typeof value === "object" && value !== null) addParts(value, rest);
  }
  return "fail";
}

/** Adds one by one: as arguments of one call, a hundred thousand parts would overflow the stack. */
function addParts(value: object, rest: unknown[]): void {
  const parts: readonly unknown[] = Array.isArray(value) ? value : Object.entries(value).flat();
  for (const part of parts) rest.push(part);
}
