import { READERS_MFA } from "../vocabulary/amr-readers.ts";
import type { MatcherAnswer } from "./matcher.ts";

/**
 * Compares as `Test-PartnerSecurityRequirement` does: it looks for the text anywhere in the claim, which
 * Microsoft.IdentityModel.JsonWebTokens 6.6.0 gives it as one string: a string as it is, null as the empty string,
 * all else as compact JSON. Where JSON writers differ is in how they escape, never in the letters looked for.
 */
export function msCmdlet(amr: unknown): MatcherAnswer {
  if (amr === undefined) return "missing";
  return claimText(amr).includes(READERS_MFA) ? "pass" : "fail";
}

function claimText(amr: unknown): string {
  if (typeof amr === "string") return amr;
  return amr === null ? "" : JSON.stringify(amr);
}
