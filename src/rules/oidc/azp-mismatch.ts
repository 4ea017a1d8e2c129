import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkAuthorizedParty } from "../token/authorized-party.ts";

/** The ID token was issued to another party, which `azp` names. */
export const azpMismatch: Rule<Token> = {
  id: "oidc.azp.mismatch",
  severity: "error",
  title: "authorized party is another relying party",
  requirements: [],
  reference: "OIDC Core §2, §3.1.3.7 (5)",
  remedy: "Set azp to the client id of the relying party that asked for the ID token.",
  about: "message",
  check: checkAuthorizedParty,
};
