import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkAuthTimePlausible } from "../token/authentication-age.ts";

/** The answer dates the sign-in before OpenID Connect existed, so the time was never set. */
export const authTimeImplausible: Rule<Token> = {
  id: "eam.auth-time.implausible",
  severity: "advisory",
  title: "authentication time cannot be right",
  requirements: [],
  reference: "OIDC Core §2",
  remedy:
    "Set auth_time to the moment at which the user authenticated, in seconds since 1970, or leave it out.",
  about: "evidence",
  check: checkAuthTimePlausible,
};
