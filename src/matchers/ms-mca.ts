import { READERS_MFA } from "../vocabulary/amr-readers.ts";
import type { MatcherAnswer } from "./matcher.ts";

/**
 * Compares as the MCA attestation command line of the Partner Center samples does: .NET makes one claim of each
 * element of the array, and any of them that ends with the text will do.
 */
export function msMca(amr: unknown): MatcherAnswer {
  const elements: readonly unknown[] = Array.isArray(amr) ? amr : [amr];
  // Only a string can end with a letter sequence: objects and arrays become JSON text, which ends with a bracket.
  return elements.some((value) => typeof value === "string" && value.endsWith(READERS_MFA)) ? "pass" : "fail";
}
