import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkAuthTimePresent } from "../token/authentication-age.ts";

/** An age of the sign-in is asked for and the token does not tell it. */
export const authTimeAbsent: Rule<Token> = {
  id: "oidc.auth-time.absent",
  severity: "error",
  title: "auth_time is missing",
  requirements: ["F-57"],
  reference: "OIDC Core §2",
  remedy: "Issue auth_time whenever max_age was asked for.",
  about: "evidence",
  check: checkAuthTimePresent,
};
