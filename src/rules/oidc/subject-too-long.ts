import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkSubjectLength } from "../token/claims.ts";

/** `sub` is longer than a reader has to keep: one that cuts it off takes two users for the same. */
export const subjectTooLong: Rule<Token> = {
  id: "oidc.subject.too-long",
  severity: "error",
  title: "sub is too long",
  requirements: [],
  reference: "OIDC Core §2",
  remedy: "Put at most 255 ASCII characters into sub, such as a UUID, and send longer names in other claims.",
  about: "message",
  check: checkSubjectLength,
};
