import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkNotBefore } from "../token/times.ts";

/** The token may not be used yet. */
export const timeNotYetValid: Rule<Token> = {
  id: "eam.time.not-yet-valid",
  severity: "error",
  title: "token is not valid yet",
  requirements: [],
  reference: "RFC 7519 §4.1.5, AADSTS50027",
  remedy: "Set nbf to the moment of issue, and check the clocks.",
  about: "message",
  check: checkNotBefore,
};
