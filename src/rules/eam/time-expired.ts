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
  remedy:
    "Issue the id_token when you answer, set exp to a few minutes later, and keep your clock synchronised.",
  about: "message",
  check: checkExpiry,
};
