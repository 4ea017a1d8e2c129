import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { requireClaims } from "../token/claims.ts";

/** A claim is missing without which the answer cannot be checked. */
export const claimMissing: Rule<Token> = {
  id: "eam.claim.missing",
  severity: "error",
  title: "required claim is missing",
  requirements: [],
  reference: "Entra: external authentication method provider reference, AADSTS50027",
  remedy: "Write iss, sub, aud, exp and iat into the id_token of every answer.",
  about: "message",
  check: requireClaims("iss", "sub", "aud", "exp", "iat"),
};
