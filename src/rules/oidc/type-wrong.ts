import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { ID_TOKEN_TYPES, refuseOtherTypes } from "../token/explicit-type.ts";

/** The token is marked as another kind of token: an access, logout or security event token. */
export const typeWrong: Rule<Token> = {
  id: "oidc.type.wrong",
  severity: "error",
  title: "token is not an ID token",
  requirements: [],
  reference: "RFC 8725 §3.11",
  remedy: "Send id_token of the answer, not access_token or a logout token; its typ is JWT or left out.",
  about: "message",
  check: refuseOtherTypes(...ID_TOKEN_TYPES),
};
