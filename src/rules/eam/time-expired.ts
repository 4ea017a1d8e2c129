import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkExpiry } from "../token/times.ts";

/** The token has expired. */
export const timeExpired: Rule<Token> = {
  id: "eam.time.expired",
  severity: "error",
  title: "token has expired",
  requirements: [],
  reference: "RFC 7519 §4.1.4, AADSTS50027",
  remedy: "Answer with a fresh token, and check the clocks.",
  about: "message",
  check: checkExpiry,
};
