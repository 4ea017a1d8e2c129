import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkMfa } from "../token/amr.ts";
import { whereAmrCounts } from "./carries-amr.ts";

/** `amr` names methods but never `mfa`, so the token does not say that two factors were used. */
export const amrMfaAbsent: Rule<Token> = {
  id: "partner-api.amr.mfa-absent",
  severity: "error",
  title: "amr does not contain mfa",
  requirements: ["PSR-033", "PSR-036", "PSR-083", "PSR-096", "PSX-02"],
  reference: "RFC 8176 §2",
  remedy:
    "Entra adds mfa once it sees MFA: have the federated provider send multipleauthn to Entra after MFA, or let Entra do the MFA; then get a new token.",
  about: "evidence",
  check: whereAmrCounts(checkMfa),
};
