import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkAuthTime } from "../token/times.ts";

/** The token says that the user authenticated at a time still to come. */
export const authTimeFuture: Rule<Token> = {
  id: "partner-api.auth-time.future",
  severity: "error",
  title: "authentication lies in the future",
  requirements: [],
  reference: "OIDC Core §2",
  remedy: "Check the clock of the reader, as Entra wrote auth_time; if that clock is right, get a new token.",
  about: "message",
  check: checkAuthTime,
};
