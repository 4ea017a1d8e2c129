import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkAudienceType, requireText } from "../token/claims.ts";

const checkTexts = requireText("iss", "sub", "azp");

/** A claim has a type that it must not have, so it cannot be compared. */
export const claimMalformed: Rule<Token> = {
  id: "eam.claim.malformed",
  severity: "error",
  title: "claim has the wrong type",
  requirements: [],
  reference: "RFC 7519 §4.1",
  remedy: "Write aud as a string, or an array with one, and iss, sub and azp as strings.",
  about: "message",
  check: (token, policy, now) => [
    ...(checkTexts(token, policy, now) ?? []),
    ...(checkAudienceType(token, policy, now) ?? []),
  ],
};
