import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { requireClaims } from "../token/claims.ts";

/** A claim is missing without which an access token cannot be checked. */
export const claimMissing: Rule<Token> = {
  id: "partner-api.claim.missing",
  severity: "error",
  title: "required claim is missing",
  requirements: [],
  reference: "RFC 9068 §2.2",
  remedy: "Judge the token as Entra issued it: it has iss, aud, exp and iat.",
  about: "message",
  check: requireClaims("iss", "aud", "exp", "iat"),
};
