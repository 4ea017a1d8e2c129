import type { Token } from "../artifact.ts";
import type { Court } from "../court.ts";
import { readSignedOrDecoded } from "../read/jwt-decoded.ts";
import { tokenEvidence } from "../read/jwt-evidence.ts";
import { partnerApiRules } from "../rules/partner-api/index.ts";
import { partnerApiReadingRules } from "../rules/partner-api/reading.ts";

/** An access token, as Partner Center's API judges it. */
export const accessTokenCourt: Court<string | Token, Token> = {
  channel: "partner-api",
  artifact: "access-token",
  read: readSignedOrDecoded,
  rules: partnerApiRules,
  readingRules: partnerApiReadingRules,
  evidence: tokenEvidence,
};
