import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { factorKindOf } from "../../vocabulary/method-word.ts";
import { refuseUnnamedFactors } from "../token/factors.ts";
import { whereAmrCounts } from "./carries-amr.ts";

/** `amr` names two different kinds of factor but not `mfa`: the user was challenged, and no reader sees it. */
export const amrTwoFactorsWithoutMfa: Rule<Token> = {
  id: "partner-api.amr.two-factors-without-mfa",
  severity: "advisory",
  title: "two factors without mfa",
  requirements: ["PSR-031", "PSR-036"],
  reference: "RFC 8176 §2, IANA AMR registry",
  remedy:
    "Have the federated provider send multipleauthn to Entra after MFA, or let Entra do the MFA: that both factors are named does not count.",
  about: "evidence",
  visibility: "challenged-but-invisible",
  check: whereAmrCounts(refuseUnnamedFactors(factorKindOf)),
};
