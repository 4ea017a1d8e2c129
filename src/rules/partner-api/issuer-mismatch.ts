import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { checkIssuer } from "../token/issuer.ts";

/** The token was issued by somebody who is not trusted, whatever key signed it. */
export const issuerMismatch: Rule<Token> = {
  id: "partner-api.issuer.mismatch",
  severity: "error",
  title: "issuer is not a trusted one",
  requirements: [],
  reference: "RFC 7519 §4.1.1",
  remedy:
    "Trust the issuer of the partner tenant, https://sts.windows.net/<tenant id>/ (in China https://sts.chinacloudapi.cn/<tenant id>/) with the slash at the end, or get the token from that tenant.",
  about: "message",
  check: checkIssuer,
};
