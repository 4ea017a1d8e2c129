import type { RuleInfo } from "../rule.ts";
import { eamRules } from "./eam/index.ts";
import { eamReadingRules } from "./eam/reading.ts";
import { oidcRules } from "./oidc/index.ts";
import { oidcReadingRules } from "./oidc/reading.ts";
import { partnerApiRules } from "./partner-api/index.ts";
import { partnerApiReadingRules } from "./partner-api/reading.ts";
import { samlRules } from "./saml/index.ts";
import { samlReadingRules } from "./saml/reading.ts";
import { wsFedRules } from "./wsfed/index.ts";
import { wsFedReadingRules } from "./wsfed/reading.ts";

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
