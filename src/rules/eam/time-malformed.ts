import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkTimeTypes } from "../token/times.ts";

/** A time is not a number, so it cannot be compared. */
export const timeMalformed: Rule<Token> = {
  id: "eam.time.malformed",
  severity: "error",
  title: "time is not a number",
  requirements: [],
  reference: "RFC 7519 §2",
  remedy: "Write exp, nbf, iat and auth_time as JSON numbers of seconds since 1970-01-01T00:00:00Z.",
  about: "message",
  check: checkTimeTypes,
};
