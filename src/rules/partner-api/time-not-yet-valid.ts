import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkNotBefore } from "../token/times.ts";

/** The token is not valid yet. */
export const timeNotYetValid: Rule<Token> = {
  id: "partner-api.time.not-yet-valid",
  severity: "error",
  title: "token is not valid yet",
  requirements: [],
  reference: "RFC 7519 §4.1.5",
  remedy: "Set the clock of the machine that judges: Entra sets nbf to the time of issue.",
  about: "message",
  check: checkNotBefore,
};
