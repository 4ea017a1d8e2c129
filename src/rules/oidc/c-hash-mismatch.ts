import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { C_HASH, refuseOtherHash } from "../token/hashes.ts";

/** `c_hash` is that of another authorization code: somebody may have exchanged the one beside the token. */
export const cHashMismatch: Rule<Token> = {
  id: "oidc.c-hash.mismatch",
  severity: "error",
  title: "c_hash is of another authorization code",
  requirements: [],
  reference: "OIDC Core §3.3.2.10, §3.3.2.11",
  remedy:
    "Set c_hash to base64url of the left half of the hash of the code issued beside the ID token, SHA-256 for RS256; or give the policy that very code, unchanged.",
  about: "message",
  check: refuseOtherHash(C_HASH),
};
