import type { Token } from "../artifact.ts";
import type { Court } from "../court.ts";
import { readSignedOrDecoded } from "../read/jwt-decoded.ts";
import { tokenEvidence } from "../read/jwt-evidence.ts";
import { oidcRules } from "../rules/oidc/index.ts";
import { oidcReadingRules } from "../rules/oidc/reading.ts";

/** An ID token, as a relying party judges it. */
export const idTokenCourt: Court<string | Token, Token> = {
  channel: "oidc",
  artifact: "id-token",
  read: readSignedOrDecoded,
  rules: oidcRules,
  readingRules: oidcReadingRules,
  evidence: tokenEvidence,
};
