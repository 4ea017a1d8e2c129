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
    "Hash the access token that is issued beside the ID token, with the hash of the alg of the ID token.",
  about: "message",
  check: refuseOtherHash(AT_HASH),
};
