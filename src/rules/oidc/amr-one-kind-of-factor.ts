import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { OIDC_FACTORS } from "../../vocabulary/amr-oidc.ts";
import { refuseOneKind } from "../token/factors.ts";
import { inOwnWords } from "../token/own-words.ts";

/** `amr` says `mfa`, yet all the methods that it names are of one kind: MFA that nobody was asked for. */
export const amrOneKindOfFactor: Rule<Token> = {
  id: "oidc.amr.one-kind-of-factor",
  severity: "advisory",
  title: "mfa over factors of one kind",
  requirements: ["PSR-031", "F-07"],
  reference: "NIST SP 800-63B, RFC 8176 §2",
  remedy: "Emit mfa only after two different kinds of factor, and name both; never as a fixed value.",
  about: "evidence",
  visibility: "visible-but-never-challenged",
  check: inOwnWords(
    refuseOneKind(OIDC_FACTORS),
    (values) =>
      `Emit ${values} only after two different kinds of factor, and name both; never as a fixed value.`,
  ),
};
