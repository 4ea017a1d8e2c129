import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkSubjectLength } from "../token/claims.ts";

/** `sub` is longer than a reader has to keep: one that cuts it off takes two users for the same. */
export const subjectTooLong: Rule<Token> = {
  id: "eam.subject.too-long",
  severity: "error",
  title: "sub is too long",
  requirements: [],
  reference: "OIDC Core §2",
  remedy: "Copy sub from the id_token_hint that Entra sent; nothing longer than 255 characters can be it.",
  about: "message",
  check: checkSubjectLength,
};
