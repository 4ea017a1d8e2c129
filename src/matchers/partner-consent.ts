import { READERS_MFA } from "../vocabulary/amr-readers.ts";
import type { MatcherAnswer } from "./matcher.ts";

/**
 * Compares as the PartnerConsent web sample does: .NET makes one claim of each element of the array, and it looks for
 * one that equals the text, ignoring case.
 */
export function partnerConsent(amr: unknown): MatcherAnswer {
  const elements: readonly unknown[] = Array.isArray(amr) ? amr : [amr];
  return elements.some((value) => typeof value === "string" && isMfa(value)) ? "pass" : "fail";
}

function isMfa(value: string): boolean {
  return value.length === READERS_MFA.length && value.toLowerCase() === READERS_MFA;
}
