import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { AT_HASH, refuseOtherHash } from "../token/hashes.ts";

/** `at_hash` is that of another access token: somebody may have exchanged the one beside the token. */
export const atHashMismatch: Rule<Token> = {
  id: "oidc.at-hash.mismatch",
  severity: "error",
  title: "at_hash is of another access token",
  requirements: [],
  reference: "OIDC Core §3.1.3.6, §3.1.3.8",
  remedy:
    "Set at_hash to base64url of the left half of the hash of the access token issued beside the ID token, SHA-256 for RS256; or give the policy that very access token, unchanged.",
  about: "message",
  check: refuseOtherHash(AT_HASH),
};
