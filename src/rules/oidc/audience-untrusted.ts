import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkOtherAudiences } from "../token/audience.ts";

/** The ID token names other audiences beside this relying party, and they are not trusted. */
export const audienceUntrusted: Rule<Token> = {
  id: "oidc.audience.untrusted",
  severity: "error",
  title: "further audience is not trusted",
  requirements: [],
  reference: "OIDC Core §3.1.3.7 (3)",
  remedy: "Issue the ID token for this relying party alone, or list the other audiences as trusted.",
  about: "message",
  check: checkOtherAudiences,
};
