import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkLookalike } from "../token/amr.ts";
import { whereAmrCounts } from "./carries-amr.ts";

/** `amr` holds something that a careless reader takes for `mfa` although it is not that value. */
export const amrLookalike: Rule<Token> = {
  id: "partner-api.amr.lookalike",
  severity: "advisory",
  title: "amr only looks like mfa",
  requirements: ["PSR-036", "F-31"],
  reference: "RFC 8176 §2, Partner Center PowerShell: Test-PartnerSecurityRequirement",
  remedy:
    "Judge the token as Entra issued it; a mock has to write the exact value mfa in lower case as an element of its own, or leave it out.",
  about: "evidence",
  check: whereAmrCounts(checkLookalike),
};
