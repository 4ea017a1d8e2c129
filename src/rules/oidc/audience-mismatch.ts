import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkAudience } from "../token/audience.ts";

/** The ID token was made for another relying party. */
export const audienceMismatch: Rule<Token> = {
  id: "oidc.audience.mismatch",
  severity: "error",
  title: "audience is another relying party",
  requirements: [],
  reference: "OIDC Core §3.1.3.7 (3)",
  remedy:
    "Set aud to the client id of the relying party that asked for the ID token, or judge the token that was issued to it.",
  about: "message",
  check: checkAudience,
};
