import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { isAppOnly, isVendorApp } from "./carries-amr.ts";

/** An application called by itself: no user signed in, so there is no MFA to ask for. */
export const tokenAppOnly: Rule<Token> = {
  id: "partner-api.token.app-only",
  severity: "advisory",
  title: "token is app-only",
  requirements: ["PSR-087"],
  reference:
    "Partner Center: mandating MFA for your partner tenant; Entra: optional claims; Entra: verify scopes and app roles in a web API",
  remedy: "Nothing to change for app-only calls; where a user must act, use an App+User token.",
  about: "evidence",
  verdict: "exempt",
  check({ claims }, policy) {
    if (!isAppOnly(claims)) return [];
    if (isVendorApp(claims, policy)) return undefined; // partner-api.token.vendor-app-only speaks instead
    return [
      {
        at: "/claims",
        message: "an application signed in, and no person: the token is app-only, which MFA does not concern",
      },
    ];
  },
};
