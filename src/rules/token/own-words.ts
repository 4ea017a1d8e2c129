import { quote } from "../../quote.ts";
import { OIDC_MFA } from "../../vocabulary/amr-oidc.ts";
import type { TokenCheck } from "./token-check.ts";

/**
 * Makes a check give advice in the words of a policy that takes other values of `amr` for MFA than the usual one, which
 * the remedy of a rule names. What a fault has to say for itself stays.
 *
 * @param advice what to change, given the values that mean MFA
 */
export function inOwnWords(check: TokenCheck, advice: (values: string) => string): TokenCheck {
  return (token, policy, now) => {
    const { amrValues } = policy.mfa;
    const faults = check(token, policy, now);
    if (faults === undefined || amrValues.every((value) => value === OIDC_MFA)) return faults;
    const fix = advice(amrValues.map(quote).join(" or "));
    return faults.map((fault) => ({ fix, ...fault }));
  };
}
