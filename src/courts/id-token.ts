import type { Token } from "../artifact.ts";
import type { Court } from "../court.ts";
import { tokenEvidence } from "../read/jwt-evidence.ts";
import { readToken } from "../read/jwt.ts";
import { oidcRules } from "../rules/oidc/index.ts";
import { oidcReadingRules } from "../rules/oidc/reading.ts";

/** An ID token, as a relying party judges it. */
export const idTokenCourt: Court<string, Token> = {
  channel: "oidc",
  artifact: "id-token",
  read: readToken,
  rules: oidcRules,
  readingRules: oidcReadingRules,
  evidence: tokenEvidence,
};
