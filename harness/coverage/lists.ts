import { amrAcrChecks } from "./amr-acr.ts";
import { attackClasses } from "./attacks.ts";
import type { CoverageList } from "./coverage-list.ts";
import { fieldFailures } from "./failures.ts";
import { oidcRelyingPartyNegatives } from "./oidc-rp.ts";
import { samlServiceProviderNegatives } from "./saml-sp.ts";

/** Every list that the scenarios are measured against. */
export const COVERAGE_LISTS: readonly CoverageList[] = [
  samlServiceProviderNegatives,
  oidcRelyingPartyNegatives,
  amrAcrChecks,
  fieldFailures,
  attackClasses,
];
