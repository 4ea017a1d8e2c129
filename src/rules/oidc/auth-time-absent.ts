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
  remedy:
    "Write auth_time into the ID token, the time at which the user signed in: it is required when the request has max_age.",
  about: "evidence",
  check: checkAuthTimePresent,
};
