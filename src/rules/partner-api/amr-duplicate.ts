import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkNoDuplicate } from "../token/amr.ts";
import { whereAmrCounts } from "./carries-amr.ts";

/** `amr` names a method twice, which says no more than naming it once. */
export const amrDuplicate: Rule<Token> = {
  id: "partner-api.amr.duplicate",
  severity: "advisory",
  title: "amr names a method twice",
  requirements: ["F-11"],
  reference: "RFC 8176 §1",
  remedy: "Judge the token as Entra issued it; a mock has to name each method once.",
  about: "evidence",
  check: whereAmrCounts(checkNoDuplicate),
};
