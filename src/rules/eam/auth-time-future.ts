import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkAuthTime } from "../token/times.ts";

/** The answer says that the user authenticated at a time still to come. */
export const authTimeFuture: Rule<Token> = {
  id: "eam.auth-time.future",
  severity: "error",
  title: "authentication lies in the future",
  requirements: [],
  reference: "OIDC Core §2",
  remedy:
    "Set auth_time to the moment at which the user authenticated, or leave it out, and check the clocks.",
  about: "message",
  check: checkAuthTime,
};
