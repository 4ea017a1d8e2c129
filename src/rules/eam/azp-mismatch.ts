import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkAuthorizedParty } from "../token/authorized-party.ts";

/** The answer was issued to another client than the one that Entra is at the provider. */
export const azpMismatch: Rule<Token> = {
  id: "eam.azp.mismatch",
  severity: "error",
  title: "authorized party is another client",
  requirements: [],
  reference: "OIDC Core §2, §3.1.3.7 (5)",
  remedy: "Set azp to the client_id that Entra sent, or leave it out.",
  about: "message",
  check: checkAuthorizedParty,
};
