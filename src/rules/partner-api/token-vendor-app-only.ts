import type { Token } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import type { Rule } from "../../rule.ts";
import { isAppOnly, isVendorApp } from "./carries-amr.ts";

/** A control panel vendor called by itself on behalf of a partner, where only App+User is allowed. */
export const tokenVendorAppOnly: Rule<Token> = {
  id: "partner-api.token.vendor-app-only",
  severity: "error",
  title: "vendor calls app-only",
  requirements: ["PSR-089"],
  reference: "Partner Center: partner security requirements FAQ",
  remedy:
    "Use App+User tokens through the Secure Application Model: a vendor may not act app-only for a partner.",
  about: "evidence",
  check({ claims }, policy) {
    if (!isAppOnly(claims) || policy.vendorApps === undefined) return undefined;
    if (!isVendorApp(claims, policy)) return [];
    return [
      {
        at: "/claims/appid",
        message: `appid ${quote(claims.appid)} is a vendor's, and the token is app-only`,
      },
    ];
  },
};
