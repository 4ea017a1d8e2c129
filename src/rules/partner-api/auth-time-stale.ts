import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkAuthAge } from "../token/authentication-age.ts";

/** The user authenticated too long ago. */
export const authTimeStale: Rule<Token> = {
  id: "partner-api.auth-time.stale",
  severity: "error",
  title: "authentication is too old",
  requirements: ["PSR-062", "F-57"],
  reference: "OIDC Core §2, RFC 9068 §2.2.1",
  remedy:
    "Have the user sign in again, with prompt=login or max_age in the request to Entra, and get a new token.",
  about: "evidence",
  verdict: "re-authenticate",
  check: checkAuthAge,
};
