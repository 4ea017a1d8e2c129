import type { JsonObject, Token } from "../../artifact.ts";
import type { Fault, Rule } from "../../rule.ts";
import { refuseOtherTypes } from "../token/explicit-type.ts";

/** Claims that only an ID token has: hashes of what was issued beside it. */
const HASHES = ["at_hash", "c_hash"];

/** Claims of which an access token has at least one: who calls, or what it may do. */
const CALLER = ["appid", "azp", "client_id", "scp", "scope", "roles"];

const checkType = refuseOtherTypes("at+jwt");

/** The token is marked as another kind of token: an ID, logout or security event token. */
export const typeWrong: Rule<Token> = {
  id: "partner-api.type.wrong",
  severity: "error",
  title: "token is not an access token",
  requirements: [],
  reference: "RFC 8725 §3.11, RFC 9068 §4",
  remedy: "Send access_token of the token endpoint's answer, not id_token; its typ is JWT or at+jwt.",
  about: "message",
  check: (token, policy, now) => [...(checkType(token, policy, now) ?? []), ...idTokenFaults(token.claims)],
};

// Some products write a nonce into access tokens too, so it tells only where nothing speaks for an access token.
function idTokenFaults(claims: JsonObject): readonly Fault[] {
  const names = CALLER.some((name) => Object.hasOwn(claims, name)) ? HASHES : [...HASHES, "nonce"];
  return names
    .filter((name) => Object.hasOwn(claims, name))
    .map((name) => ({ at: `/claims/${name}`, message: `${name} is present: this is an ID token` }));
}
