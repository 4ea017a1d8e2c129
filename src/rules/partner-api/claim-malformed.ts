import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkAudienceType, requireText } from "../token/claims.ts";

const checkTexts = requireText("iss", "sub");

/** A claim has a type that it must not have, so it cannot be compared. */
export const claimMalformed: Rule<Token> = {
  id: "partner-api.claim.malformed",
  severity: "error",
  title: "claim has the wrong type",
  requirements: [],
  reference: "RFC 7519 §4.1",
  remedy:
    "Judge the token as Entra issued it: its aud is a string, and so are the other claims that are checked.",
  about: "message",
  check: (token, policy, now) => [
    ...(checkTexts(token, policy, now) ?? []),
    ...(checkAudienceType(token, policy, now) ?? []),
  ],
};
