import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { SINGLE_FACTOR_ACR } from "../../vocabulary/acr-oidc.ts";
import { refuseMfaUnder } from "../token/acr.ts";
import { inOwnWords } from "../token/own-words.ts";

/** `acr` says a single factor and `amr` says MFA: one of them is not true. */
export const acrContradictsAmr: Rule<Token> = {
  id: "oidc.acr.contradicts-amr",
  severity: "advisory",
  title: "acr says one factor, amr says MFA",
  requirements: ["F-07", "F-33"],
  reference: "OIDC Core §2",
  remedy: "Derive acr and amr from the same sign-in; emit mfa only when two factors were used in it.",
  about: "evidence",
  visibility: "visible-but-never-challenged",
  check: inOwnWords(
    refuseMfaUnder(SINGLE_FACTOR_ACR),
    (values) =>
      `Derive acr and amr from the same sign-in; emit ${values} only when two factors were used in it.`,
  ),
};
