import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { acrContradictsAmr } from "./acr-contradicts-amr.ts";
import { amrAbsent } from "./amr-absent.ts";
import { amrDuplicate } from "./amr-duplicate.ts";
import { amrLookalike } from "./amr-lookalike.ts";
import { amrMalformed } from "./amr-malformed.ts";
import { amrMfaAbsent } from "./amr-mfa-absent.ts";
import { amrOneKindOfFactor } from "./amr-one-kind-of-factor.ts";
import { amrTwoFactorsWithoutMfa } from "./amr-two-factors-without-mfa.ts";
import { amrVendorValue } from "./amr-vendor-value.ts";
import { audienceMismatch } from "./audience-mismatch.ts";
import { authTimeAbsent } from "./auth-time-absent.ts";
import { authTimeFuture } from "./auth-time-future.ts";
import { authTimeImplausible } from "./auth-time-implausible.ts";
import { authTimeStale } from "./auth-time-stale.ts";
import { claimMalformed } from "./claim-malformed.ts";
import { claimMissing } from "./claim-missing.ts";
import { guidanceExceptionNeeded } from "./guidance-exception-needed.ts";
import { guidanceMethodUnnamed } from "./guidance-method-unnamed.ts";
import { issuerMismatch } from "./issuer-mismatch.ts";
import { tenantMismatch } from "./tenant-mismatch.ts";
import { timeExpired } from "./time-expired.ts";
import { timeIssuedInFuture } from "./time-issued-in-future.ts";
import { timeMalformed } from "./time-malformed.ts";
import { timeNeverValid } from "./time-never-valid.ts";
import { timeNotYetValid } from "./time-not-yet-valid.ts";
import { tokenAppOnly } from "./token-app-only.ts";
import { tokenReplayed } from "./token-replayed.ts";
import { tokenVendorAppOnly } from "./token-vendor-app-only.ts";
import { typeWrong } from "./type-wrong.ts";
import { versionAbsent } from "./version-absent.ts";
import { versionUnsupported } from "./version-unsupported.ts";

/** The rules of the channel `partner-api`, in the order in which their findings are listed. */
export const partnerApiRules: readonly Rule<Token>[] = [
  issuerMismatch,
  tenantMismatch,
  audienceMismatch,
  timeExpired,
  timeNotYetValid,
  timeNeverValid,
  timeIssuedInFuture,
  timeMalformed,
  claimMissing,
  claimMalformed,
  typeWrong,
  tokenReplayed,
  authTimeFuture,
  authTimeImplausible,
  versionUnsupported,
  versionAbsent,
  tokenAppOnly,
  tokenVendorAppOnly,
  amrAbsent,
  amrMalformed,
  amrMfaAbsent,
  amrLookalike,
  amrTwoFactorsWithoutMfa,
  amrOneKindOfFactor,
  amrDuplicate,
  amrVendorValue,
  acrContradictsAmr,
  guidanceExceptionNeeded,
  guidanceMethodUnnamed,
  authTimeAbsent,
  authTimeStale,
];
