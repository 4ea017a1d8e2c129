import type { Token } from "../artifact.ts";
import type { Court } from "../court.ts";
import { tokenEvidence } from "../read/jwt-evidence.ts";
import { readToken } from "../read/jwt.ts";
import { partnerApiReadingRules, partnerApiRules } from "../rules/partner-api/index.ts";

/** An access token, as Partner Center's API judges it. */
export const accessTokenCourt: Court<string, Token> = {
  channel: "partner-api",
  artifact: "access-token",
  read: readToken,
  rules: partnerApiRules,
  readingRules: partnerApiReadingRules,
  evidence: tokenEvidence,
};
