import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { C_HASH, requireHash } from "../token/hashes.ts";

/** Nothing ties the authorization code to the ID token, though both came through the browser, where they can be exchanged. */
export const cHashAbsent: Rule<Token> = {
  id: "oidc.c-hash.absent",
  severity: "error",
  title: "c_hash is missing",
  requirements: [],
  reference: "OIDC Core §3.3.2.11",
  remedy:
    "Put c_hash into an ID token that the authorization endpoint issues together with an authorization code: base64url of the left half of its hash, SHA-256 for RS256.",
  about: "message",
  check: requireHash(C_HASH),
};
