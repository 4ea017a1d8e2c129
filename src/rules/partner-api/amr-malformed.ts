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
  remedy: "Write amr as a JSON array of strings, even for a single method.",
  about: "evidence",
  check: whereAmrCounts(checkAmrType),
};
