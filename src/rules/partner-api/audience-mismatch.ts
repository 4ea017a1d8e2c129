import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkAudience } from "../token/audience.ts";

/** The access token was made for another API. */
export const audienceMismatch: Rule<Token> = {
  id: "partner-api.audience.mismatch",
  severity: "error",
  title: "audience is another API",
  requirements: ["PSX-04"],
  reference: "RFC 7519 §4.1.3",
  remedy:
    "Ask for a token for the API that reads it: for Partner Center https://api.partnercenter.microsoft.com, in China https://partner.partnercenterapi.microsoftonline.cn.",
  about: "message",
  check: checkAudience,
};
