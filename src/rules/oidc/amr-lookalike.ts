import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkLookalike } from "../token/amr.ts";
import { inOwnWords } from "../token/own-words.ts";

/** `amr` holds something that a careless reader takes for `mfa` although it is not that value. */
export const amrLookalike: Rule<Token> = {
  id: "oidc.amr.lookalike",
  severity: "advisory",
  title: "amr only looks like mfa",
  requirements: ["F-31"],
  reference: "RFC 8176 §2, Partner Center PowerShell: Test-PartnerSecurityRequirement",
  remedy: "Write the exact value mfa in lower case as an element of its own, or leave it out.",
  about: "evidence",
  check: inOwnWords(
    checkLookalike,
    (values) =>
      `Write the exact value that this reader takes for MFA, ${values}, and nothing that resembles mfa.`,
  ),
};
