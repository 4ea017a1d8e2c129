import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { ID_TOKEN_TYPES, refuseOtherTypes } from "../token/explicit-type.ts";

/** The token is marked as another kind of token: an access, logout or security event token. */
export const typeWrong: Rule<Token> = {
  id: "eam.type.wrong",
  severity: "error",
  title: "token is of another type",
  requirements: [],
  reference: "RFC 8725 §3.11",
  remedy: "Leave typ out of the header or write JWT, and put no events claim into the token.",
  about: "message",
  check: refuseOtherTypes(...ID_TOKEN_TYPES),
};
