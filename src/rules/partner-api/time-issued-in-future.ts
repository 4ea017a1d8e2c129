import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkIssuedAt } from "../token/times.ts";

/** The token says that it was issued at a time still to come. */
export const timeIssuedInFuture: Rule<Token> = {
  id: "partner-api.time.issued-in-future",
  severity: "error",
  title: "token was issued in the future",
  requirements: [],
  reference: "RFC 7519 §4.1.6",
  remedy: "Set the clock of the machine that judges: Entra sets iat to the time of issue.",
  about: "message",
  check: checkIssuedAt,
};
