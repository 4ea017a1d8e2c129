import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkAuthTimePresent } from "../token/authentication-age.ts";
import { whereAmrCounts } from "./carries-amr.ts";

/** An age of the sign-in is asked for and the token does not tell it. */
export const authTimeAbsent: Rule<Token> = {
  id: "partner-api.auth-time.absent",
  severity: "error",
  title: "auth_time is missing",
  requirements: ["PSR-062"],
  reference: "OIDC Core §2, RFC 9068 §2.2.1",
  remedy:
    "Leave maxAuthAgeSeconds out of the policy for Partner Center, or judge the ID token: its auth_time is an optional claim of the registration.",
  about: "evidence",
  check: whereAmrCounts(checkAuthTimePresent),
};
