import { quote } from "../../quote.ts";
import type { TokenCheck } from "./token-check.ts";
import { strings } from "./values.ts";

/** Makes a check that `amr` does not say MFA under an `acr` that excludes it. */
export function refuseMfaUnder(excluding: readonly string[]): TokenCheck {
  return ({ claims }, { mfa }) => {
    const { acr } = claims;
    const amr = strings(claims.amr);
    if (typeof acr !== "string" || amr === undefined) return undefined;
    if (!excluding.includes(acr) || !mfa.amrValues.some((value) => amr.includes(value))) return [];
    return [{ at: "/claims/acr", message: `acr is ${quote(acr)}, which is not MFA; amr is ${quote(amr)}` }];
  };
}
