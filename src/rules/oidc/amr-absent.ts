import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkAmrPresent } from "../token/amr.ts";
import { inOwnWords } from "../token/own-words.ts";

/** The token does not say how the user authenticated, so nobody can tell that MFA was used. */
export const amrAbsent: Rule<Token> = {
  id: "oidc.amr.absent",
  severity: "error",
  title: "amr is missing",
  requirements: ["PSR-035", "F-26"],
  reference: "OIDC Core §2, RFC 8176 §1",
  remedy:
    "Add amr to the ID token: an array with each method that was used, and mfa when two factors were used. Most products need a claim mapping for it, Keycloak also a reference for each step.",
  about: "evidence",
  check: inOwnWords(
    checkAmrPresent,
    (values) =>
      `Add amr to the ID token: an array with each method that was used, and ${values} when two factors were used.`,
  ),
};
