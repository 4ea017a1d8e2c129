import type { Token } from "../artifact.ts";
import type { Court } from "../court.ts";
import { readSignedOrDecoded } from "../read/jwt-decoded.ts";
import { tokenEvidence } from "../read/jwt-evidence.ts";
import { eamRules } from "../rules/eam/index.ts";
import { eamReadingRules } from "../rules/eam/reading.ts";

/** The answer of an external authentication method, as Entra judges it. */
export const eamTokenCourt: Court<string | Token, Token> = {
  channel: "eam",
  artifact: "eam-token",
  read: readSignedOrDecoded,
  rules: eamRules,
  readingRules: eamReadingRules,
  evidence: tokenEvidence,
};
