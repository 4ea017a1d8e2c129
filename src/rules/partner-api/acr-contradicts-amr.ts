import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { ENTRA_UNMET_ACR } from "../../vocabulary/acr-partner-api.ts";
import { refuseMfaUnder } from "../token/acr.ts";
import { whereAmrCounts } from "./carries-amr.ts";

/** `acr` says that the sign-in met no level at all and `amr` says MFA: one of them is not true. */
export const acrContradictsAmr: Rule<Token> = {
  id: "partner-api.acr.contradicts-amr",
  severity: "advisory",
  title: "acr says no level, amr says MFA",
  requirements: ["F-33"],
  reference: "Entra access token claims reference",
  remedy: "Look at how the user signed in: acr 0 does not go with MFA.",
  about: "evidence",
  visibility: "visible-but-never-challenged",
  check: whereAmrCounts(refuseMfaUnder(ENTRA_UNMET_ACR)),
};
