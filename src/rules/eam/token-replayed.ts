import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { refuseReplay } from "../token/replay.ts";

/** The token was used before. */
export const tokenReplayed: Rule<Token> = {
  id: "eam.token.replayed",
  severity: "error",
  title: "token was used before",
  requirements: [],
  reference: "RFC 7519 §4.1.7",
  remedy: "Issue a new id_token with a new jti for every request of Entra.",
  about: "message",
  check: refuseReplay("jti"),
};
