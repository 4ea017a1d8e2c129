import type { Token } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import type { Rule } from "../../rule.ts";
import { ENTRA_ISSUER } from "../../vocabulary/entra-issuer.ts";

/** The issuer is the token service of one tenant and `tid` names another. */
export const tenantMismatch: Rule<Token> = {
  id: "partner-api.tenant.mismatch",
  severity: "error",
  title: "tid is not the tenant of the issuer",
  requirements: ["PSR-038", "PSR-042"],
  reference: "Entra: claims validation, tid",
  remedy:
    "Judge a token as Entra issued it: tid is the tenant in the issuer, and each tenant has to do MFA itself.",
  about: "message",
  check({ claims }, { issuers }) {
    const { iss, tid } = claims;
    // Of a stranger nothing more is asked: partner-api.issuer.mismatch speaks instead.
    if (!issuers.some(({ issuer }) => issuer === undefined || issuer === iss)) return undefined;
    const tenant = typeof iss === "string" ? ENTRA_ISSUER.exec(iss)?.[1] : undefined;
    if (tenant === undefined || !Object.hasOwn(claims, "tid")) return undefined;
    if (tid === tenant) return [];
    return [{ at: "/claims/tid", message: `tid is ${quote(tid)}; it must be ${quote(tenant)}, as in iss` }];
  },
};
