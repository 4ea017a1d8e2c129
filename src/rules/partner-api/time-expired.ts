import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkExpiry } from "../token/times.ts";

/** The token is no longer valid. */
export const timeExpired: Rule<Token> = {
  id: "partner-api.time.expired",
  severity: "error",
  title: "token has expired",
  requirements: [],
  reference: "RFC 7519 §4.1.4",
  remedy: "Get a new access token from Entra; if it is new, set the clock of the machine that judges.",
  about: "message",
  check: checkExpiry,
};
