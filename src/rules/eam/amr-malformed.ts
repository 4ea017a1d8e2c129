import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkAmrType } from "../token/amr.ts";

/** `amr` is not an array of strings: Entra refuses the whole answer. */
export const amrMalformed: Rule<Token> = {
  id: "eam.amr.malformed",
  severity: "error",
  title: "amr is not an array of strings",
  requirements: ["F-15"],
  reference: "Entra: external authentication method provider reference, AADSTS5001256",
  remedy: "Write amr as a JSON array even for its single value.",
  about: "evidence",
  check: checkAmrType,
};
