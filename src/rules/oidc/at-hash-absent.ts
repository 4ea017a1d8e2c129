import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { AT_HASH, requireHash } from "../token/hashes.ts";

/** Nothing ties the access token to the ID token, though both came through the browser, where they can be exchanged. */
export const atHashAbsent: Rule<Token> = {
  id: "oidc.at-hash.absent",
  severity: "error",
  title: "at_hash is missing",
  requirements: [],
  reference: "OIDC Core §3.2.2.10, §3.3.2.11",
  remedy:
    "Put at_hash into an ID token that the authorization endpoint issues together with an access token: base64url of the left half of its hash, SHA-256 for RS256.",
  about: "message",
  check: requireHash(AT_HASH),
};
