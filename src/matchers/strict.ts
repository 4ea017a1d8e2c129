import { OIDC_MFA } from "../vocabulary/amr-oidc.ts";
import type { MatcherAnswer } from "./matcher.ts";

/** Compares as RFC 8176 wants it: an array of strings with the exact element `mfa`. */
export function strict(amr: unknown): MatcherAnswer {
  const isArrayOfStrings = Array.isArray(amr) && amr.every((value) => typeof value === "string");
  return isArrayOfStrings && amr.includes(OIDC_MFA) ? "pass" : "fail";
}
