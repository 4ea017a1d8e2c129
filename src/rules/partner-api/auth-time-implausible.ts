import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkAuthTimePlausible } from "../token/authentication-age.ts";

/** The token dates the sign-in before OpenID Connect existed, so the time was never set. */
export const authTimeImplausible: Rule<Token> = {
  id: "partner-api.auth-time.implausible",
  severity: "advisory",
  title: "authentication time cannot be right",
  requirements: ["PSR-062"],
  reference: "OIDC Core §2, RFC 9068 §2.2.1",
  remedy:
    "Judge the token as Entra issued it: its auth_time is in seconds since 1970; a mock has to keep to that, too.",
  about: "evidence",
  check: checkAuthTimePlausible,
};
