import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkAmrType } from "../token/amr.ts";
import { whereAmrCounts } from "./carries-amr.ts";

/** `amr` is not an array of strings, so readers differ about what it says. */
export const amrMalformed: Rule<Token> = {
  id: "partner-api.amr.malformed",
  severity: "error",
  title: "amr is not an array of strings",
  requirements: ["PSR-036", "F-12"],
  reference: "RFC 8176 §1",
  remedy:
    "Judge the token as Entra issued it, where amr is an array of strings; a mock has to write an array even for a single method.",
  about: "evidence",
  check: whereAmrCounts(checkAmrType),
};
