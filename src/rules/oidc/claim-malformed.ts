import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkAudienceType, requireText } from "../token/claims.ts";

const checkTexts = requireText("iss", "sub", "azp", "at_hash", "c_hash");

/** A claim has a type that it must not have, so it cannot be compared. */
export const claimMalformed: Rule<Token> = {
  id: "oidc.claim.malformed",
  severity: "error",
  title: "claim has the wrong type",
  requirements: [],
  reference: "OIDC Core §2",
  remedy: "Write aud as a string or an array of strings, and the other claims as strings.",
  about: "message",
  check: (token, policy, now) => [
    ...(checkTexts(token, policy, now) ?? []),
    ...(checkAudienceType(token, policy, now) ?? []),
  ],
};
