import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkIssuer } from "../token/issuer.ts";

/** The token was issued by somebody who is not trusted, whatever key signed it. */
export const issuerMismatch: Rule<Token> = {
  id: "oidc.issuer.mismatch",
  severity: "error",
  title: "issuer is not a trusted one",
  requirements: [],
  reference: "OIDC Core §3.1.3.7 (2)",
  remedy: "Make the issuer write exactly the identifier that it publishes, or trust the issuer that it is.",
  about: "message",
  check: checkIssuer,
};
