import type { Token } from "../artifact.ts";
import type { Court } from "../court.ts";
import { tokenEvidence } from "../read/jwt-evidence.ts";
import { readIdToken } from "../read/id-token.ts";
import { oidcRules } from "../rules/oidc/index.ts";
import { hashesLeftOpen } from "../rules/token/hashes.ts";
import { oidcReadingRules } from "../rules/oidc/reading.ts";

/** An ID token, as a relying party judges it. */
export const idTokenCourt: Court<string | Token, Token> = {
  channel: "oidc",
  artifact: "id-token",
  read: readIdToken,
  rules: oidcRules,
  readingRules: oidcReadingRules,
  evidence: tokenEvidence,
  leftOpen: hashesLeftOpen,
};
