import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkTimeTypes } from "../token/times.ts";

/** A time in the token is not a number, so it cannot be compared with the clock. */
export const timeMalformed: Rule<Token> = {
  id: "partner-api.time.malformed",
  severity: "error",
  title: "time is not a number",
  requirements: [],
  reference: "RFC 7519 §2",
  remedy:
    "Judge the token as Entra issued it: its times are JSON numbers of seconds since 1970-01-01T00:00:00Z.",
  about: "message",
  check: checkTimeTypes,
};
