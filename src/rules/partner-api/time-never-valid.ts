import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkWindow } from "../token/times.ts";

/** The token ends before it begins, so there was no moment at which it was valid. */
export const timeNeverValid: Rule<Token> = {
  id: "partner-api.time.never-valid",
  severity: "error",
  title: "validity ends before it begins",
  requirements: [],
  reference: "RFC 7519 §4.1.4, §4.1.5",
  remedy: "Judge the token as Entra issued it: its exp is after its nbf; a mock has to keep to that, too.",
  about: "message",
  check: checkWindow,
};
