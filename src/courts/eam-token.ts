import type { Token } from "../artifact.ts";
import type { Court } from "../court.ts";
import { tokenEvidence } from "../read/jwt-evidence.ts";
import { readToken } from "../read/jwt.ts";
import { eamRules } from "../rules/eam/index.ts";
import { eamReadingRules } from "../rules/eam/reading.ts";

/** The answer of an external authentication method, as Entra judges it. */
export const eamTokenCourt: Court<string, Token> = {
  channel: "eam",
  artifact: "eam-token",
  read: readToken,
  rules: eamRules,
  readingRules: eamReadingRules,
  evidence: tokenEvidence,
};
