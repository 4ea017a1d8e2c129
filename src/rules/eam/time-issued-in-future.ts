import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkIssuedAt } from "../token/times.ts";

/** The token says that it will be issued at a time still to come. */
export const timeIssuedInFuture: Rule<Token> = {
  id: "eam.time.issued-in-future",
  severity: "error",
  title: "token was issued in the future",
  requirements: [],
  reference: "RFC 7519 §4.1.6, AADSTS50027",
  remedy: "Set iat to the moment of issue, and check the clocks.",
  about: "message",
  check: checkIssuedAt,
};
