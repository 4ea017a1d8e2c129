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
  remedy: "Issue the ID token for the client id of this relying party.",
  about: "message",
  check: checkAudience,
};
