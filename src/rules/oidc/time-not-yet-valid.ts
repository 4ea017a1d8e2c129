import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkNotBefore } from "../token/times.ts";

/** The token is not valid yet. */
export const timeNotYetValid: Rule<Token> = {
  id: "oidc.time.not-yet-valid",
  severity: "error",
  title: "token is not valid yet",
  requirements: [],
  reference: "RFC 7519 §4.1.5",
  remedy: "Check the clocks of issuer and reader, and set nbf to the time of issue.",
  about: "message",
  check: checkNotBefore,
};
