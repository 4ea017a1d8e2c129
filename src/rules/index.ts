import type { RuleInfo } from "../rule.ts";
import { eamReadingRules, eamRules } from "./eam/index.ts";
import { oidcReadingRules, oidcRules } from "./oidc/index.ts";
import { partnerApiReadingRules, partnerApiRules } from "./partner-api/index.ts";
import { samlReadingRules, samlRules } from "./saml/index.ts";
import { wsFedReadingRules, wsFedRules } from "./wsfed/index.ts";

/** Every rule of every channel, in the order in which findings are listed. */
export const rules: readonly RuleInfo[] = [
  ...oidcReadingRules,
  ...oidcRules,
  ...partnerApiReadingRules,
  ...partnerApiRules,
  ...samlReadingRules,
  ...samlRules,
  ...wsFedReadingRules,
  ...wsFedRules,
  ...eamReadingRules,
  ...eamRules,
];
