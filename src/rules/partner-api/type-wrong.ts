import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { refuseOtherTypes } from "../token/explicit-type.ts";

const checkType = refuseOtherTypes("at+jwt");

/** The token is marked as another kind of token: an ID, logout or security event token. */
export const typeWrong: Rule<Token> = {
  id: "partner-api.type.wrong",
  severity: "error",
  title: "token is not an access token",
  requirements: [],
  reference: "RFC 8725 §3.11, RFC 9068 §4",
  remedy: "Send the access token, with typ JWT or at+jwt.",
  about: "message",
  check: (token, policy, now) => [
    ...(checkType(token, policy, now) ?? []),
    ...["at_hash", "c_hash"]
      .filter((name) => Object.hasOwn(token.claims, name))
      .map((name) => ({ at: `/claims/${name}`, message: `${name} is present: this is an ID token` })),
  ],
};
