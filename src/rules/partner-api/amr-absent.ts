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
  remedy: "Have the third-party MFA issue its claim to Entra, so that the access token gets amr.",
  about: "evidence",
  check: whereAmrCounts(checkAmrPresent),
};
