import { fieldReports } from "./field-reports.ts";
import { partnerRequirements1 } from "./psr-1.ts";
import { partnerRequirements2 } from "./psr-2.ts";
import { furtherRequirements } from "./psx.ts";
import type { Requirement } from "./requirement.ts";

/** Everything that rules, scenarios and verdicts name by an id of these: the one place where each is described. */
export const REQUIREMENTS: readonly Requirement[] = [
  ...partnerRequirements1,
  ...partnerRequirements2,
  ...furtherRequirements,
  ...fieldReports,
];
