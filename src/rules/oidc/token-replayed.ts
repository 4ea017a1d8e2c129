import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { refuseReplay } from "../token/replay.ts";

/** The ID token was used before. */
export const tokenReplayed: Rule<Token> = {
  id: "oidc.token.replayed",
  severity: "error",
  title: "token was used before",
  requirements: [],
  reference: "RFC 7519 §4.1.7, OIDC Core §16.11",
  remedy: "Issue a new ID token with a new jti for every sign-in, and accept each only once.",
  about: "message",
  check: refuseReplay("jti"),
};
