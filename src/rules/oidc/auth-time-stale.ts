import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkAuthAge } from "../token/authentication-age.ts";

/** The user authenticated too long ago. */
export const authTimeStale: Rule<Token> = {
  id: "oidc.auth-time.stale",
  severity: "error",
  title: "authentication is too old",
  requirements: ["F-57"],
  reference: "OIDC Core §3.1.3.7 (13)",
  remedy: "Let the user authenticate again: honour max_age and prompt=login instead of the old session.",
  about: "evidence",
  verdict: "re-authenticate",
  check: checkAuthAge,
};
