import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { refuseReplay } from "../token/replay.ts";

/** The access token was used before, where each may be used only once. */
export const tokenReplayed: Rule<Token> = {
  id: "partner-api.token.replayed",
  severity: "error",
  title: "token was used before",
  requirements: [],
  reference: "RFC 7519 §4.1.7",
  remedy: "Ask for a token of its own for every call, if the API takes each only once.",
  about: "message",
  check: refuseReplay("jti", "uti"),
};
