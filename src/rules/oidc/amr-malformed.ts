import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkAmrType } from "../token/amr.ts";

/** `amr` is not an array of strings, so readers differ about what it says. */
export const amrMalformed: Rule<Token> = {
  id: "oidc.amr.malformed",
  severity: "error",
  title: "amr is not an array of strings",
  requirements: ["F-12", "F-14", "F-30"],
  reference: "OIDC Core §2",
  remedy: "Write amr as a JSON array of strings, even for a single method.",
  about: "evidence",
  check: checkAmrType,
};
