import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkSubjectCharacters } from "../token/claims.ts";

/** `sub` holds other characters than ASCII, which two readers may normalise or compare differently. */
export const subjectNotAscii: Rule<Token> = {
  id: "eam.subject.not-ascii",
  severity: "warning",
  title: "sub is not ASCII",
  requirements: [],
  reference: "OIDC Core §2",
  remedy: "Identify the user by ASCII characters, such as a UUID, and send names in other claims.",
  about: "message",
  check: checkSubjectCharacters,
};
