import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { requireClaims } from "../token/claims.ts";

/** A claim is missing without which an ID token cannot be checked. */
export const claimMissing: Rule<Token> = {
  id: "oidc.claim.missing",
  severity: "error",
  title: "required claim is missing",
  requirements: [],
  reference: "OIDC Core §2",
  remedy: "Write iss, sub, aud, exp and iat into every ID token.",
  about: "message",
  check: requireClaims("iss", "sub", "aud", "exp", "iat"),
};
