import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkMfa } from "../token/amr.ts";
import { inOwnWords } from "../token/own-words.ts";

/** `amr` names methods but never `mfa`, so the token does not say that two factors were used. */
export const amrMfaAbsent: Rule<Token> = {
  id: "oidc.amr.mfa-absent",
  severity: "error",
  title: "amr does not contain mfa",
  requirements: ["PSR-036"],
  reference: "RFC 8176 §2",
  remedy: "Add the value mfa to amr when, and only when, two different factors were used.",
  about: "evidence",
  check: inOwnWords(
    checkMfa,
    (values) => `Add the value ${values} to amr when, and only when, two different factors were used.`,
  ),
};
