import type { Token } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import type { Rule } from "../../rule.ts";
import { ENTRA_FEDERATED, PARTNER_API_FACTORS } from "../../vocabulary/amr-partner-api.ts";
import { strings } from "../token/values.ts";
import { whereAmrCounts } from "./carries-amr.ts";

function isSecondFactor(value: string): boolean {
  const kind = PARTNER_API_FACTORS.get(value);
  return kind !== undefined && kind !== "knowledge";
}

/** From 2026 the claim of a federated identity provider tells which credential was used; this one says `mfa` and nothing else. */
export const guidanceMethodUnnamed: Rule<Token> = {
  id: "partner-api.guidance.method-unnamed",
  severity: "warning",
  title: "third-party MFA names no method",
  requirements: [],
  reference: "Partner Center: mandating MFA for your partner tenant (2026)",
  remedy: "Use a provider that is compatible with the integrated MFA claim of Entra, which names the method.",
  about: "evidence",
  check: whereAmrCounts(({ claims }, { guidance, mfa }) => {
    const amr = strings(claims.amr);
    if (guidance !== "2026-integrated-claim" || amr === undefined) return undefined;
    if (!amr.includes(ENTRA_FEDERATED) || !mfa.amrValues.some((value) => amr.includes(value))) return [];
    if (amr.some((value) => isSecondFactor(value))) return [];
    const message = `amr is ${quote(amr)}; it must name the method that was used beside the password`;
    return [{ at: "/claims/amr", message }];
  }),
};
