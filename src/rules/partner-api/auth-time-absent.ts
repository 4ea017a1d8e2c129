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
  remedy: "Issue auth_time whenever max_age was asked for.",
  about: "evidence",
  check: whereAmrCounts(checkAuthTimePresent),
};
