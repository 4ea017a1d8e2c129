import type { Token } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import type { Rule } from "../../rule.ts";

/** The token is about another user than the id_token_hint named. */
export const subjectMismatch: Rule<Token> = {
  id: "eam.subject.mismatch",
  severity: "error",
  title: "subject is another user",
  requirements: [],
  reference: "Entra: external authentication method provider reference, AADSTS50027",
  remedy: "Copy sub from the id_token_hint, not the user name or id of your own directory.",
  about: "message",
  check({ claims }, { eam }) {
    if (eam?.subject === undefined || typeof claims.sub !== "string") return undefined;
    if (claims.sub === eam.subject) return [];
    const message = `sub is ${quote(claims.sub)}; it must be ${quote(eam.subject)}, as in the id_token_hint`;
    return [{ at: "/claims/sub", message }];
  },
};
