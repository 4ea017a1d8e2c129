import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { factorKindOf } from "../../vocabulary/method-word.ts";
import { refuseUnnamedFactors } from "../token/factors.ts";
import { inOwnWords } from "../token/own-words.ts";

/** `amr` names two different kinds of factor but not `mfa`: the user was challenged, and no reader sees it. */
export const amrTwoFactorsWithoutMfa: Rule<Token> = {
  id: "oidc.amr.two-factors-without-mfa",
  severity: "advisory",
  title: "two factors without mfa",
  requirements: ["PSR-031"],
  reference: "RFC 8176 §2, IANA AMR registry",
  remedy: "Add mfa to amr: the factors are already named, only the word mfa is missing.",
  about: "evidence",
  visibility: "challenged-but-invisible",
  check: inOwnWords(
    refuseUnnamedFactors(factorKindOf),
    (values) => `Add ${values} to amr: the factors are already named, only this value is missing.`,
  ),
};
