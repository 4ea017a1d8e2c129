import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkAmrPresent } from "../token/amr.ts";
import { whereAmrCounts } from "./carries-amr.ts";

/** The token does not say how the user authenticated, so nobody can tell that MFA was used. */
export const amrAbsent: Rule<Token> = {
  id: "partner-api.amr.absent",
  severity: "error",
  title: "amr is missing",
  requirements: ["PSR-035", "PSR-083", "PSR-096", "PSX-02"],
  reference: "Partner Center: partner security requirements FAQ",
  remedy:
    "Entra writes this token: have the federated provider send multipleauthn to Entra after MFA, or let Entra do the MFA; then sign in anew and get a new token.",
  about: "evidence",
  check: whereAmrCounts(checkAmrPresent),
};
