import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkAmrPresent } from "../token/amr.ts";

/** The answer does not say how the user authenticated. */
export const amrAbsent: Rule<Token> = {
  id: "eam.amr.absent",
  severity: "error",
  title: "amr is missing",
  requirements: [],
  reference: "Entra: external authentication method provider reference, AADSTS50161",
  remedy: "Add amr to the id_token, an array with the one method that was used, such as otp or fido.",
  about: "evidence",
  check: checkAmrPresent,
};
