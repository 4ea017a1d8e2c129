import { OIDC_MFA } from "../vocabulary/amr-oidc.ts";
import type { MatcherAnswer } from "./matcher.ts";

/** Compares as RFC 8176 wants it: an array of strings with the exact element `mfa`. */
export function strict(amr: unknown): MatcherAnswer {
  if (!Array.isArray(amr)) return "fail";
  const values: readonly unknown[] = amr;
  for (const value of values) if (typeof value !== "string") return "fail";
  return values.includes(OIDC_MFA) ? "pass" : "fail";
}
