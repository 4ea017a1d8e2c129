import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkIssuer } from "../token/issuer.ts";

/** The issuer is not, character for character, the one that was configured and discovered. */
export const issuerMismatch: Rule<Token> = {
  id: "eam.issuer.mismatch",
  severity: "error",
  title: "issuer is not the configured one",
  requirements: ["F-21"],
  reference: "Entra: external authentication method provider reference, AADSTS50027",
  remedy:
    "Write iss exactly as in the discovery document: same port, path and case, no added :443, no slash at the end.",
  about: "message",
  check: checkIssuer,
};
