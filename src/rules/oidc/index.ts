import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { acrContradictsAmr } from "./acr-contradicts-amr.ts";
import { acrLevelUnread } from "./acr-level-unread.ts";
import { acrMfaUnseen } from "./acr-mfa-unseen.ts";
import { amrAbsent } from "./amr-absent.ts";
import { amrDuplicate } from "./amr-duplicate.ts";
import { amrLookalike } from "./amr-lookalike.ts";
import { amrMalformed } from "./amr-malformed.ts";
import { amrMfaAbsent } from "./amr-mfa-absent.ts";
import { amrOneKindOfFactor } from "./amr-one-kind-of-factor.ts";
import { amrTwoFactorsWithoutMfa } from "./amr-two-factors-without-mfa.ts";
import { amrVendorValue } from "./amr-vendor-value.ts";
import { atHashAbsent } from "./at-hash-absent.ts";
import { atHashMismatch } from "./at-hash-mismatch.ts";
import { audienceMismatch } from "./audience-mismatch.ts";
import { audienceUntrusted } from "./audience-untrusted.ts";
import { authTimeAbsent } from "./auth-time-absent.ts";
import { authTimeFuture } from "./auth-time-future.ts";
import { authTimeImplausible } from "./auth-time-implausible.ts";
import { authTimeStale } from "./auth-time-stale.ts";
import { azpMismatch } from "./azp-mismatch.ts";
import { cHashAbsent } from "./c-hash-absent.ts";
import { cHashMismatch } from "./c-hash-mismatch.ts";
import { claimMalformed } from "./claim-malformed.ts";
import { claimMissing } from "./claim-missing.ts";
import { issuerMismatch } from "./issuer-mismatch.ts";
import { nonceAbsent } from "./nonce-absent.ts";
import { nonceMismatch } from "./nonce-mismatch.ts";
import { subjectNotAscii } from "./subject-not-ascii.ts";
import { subjectTooLong } from "./subject-too-long.ts";
import { timeExpired } from "./time-expired.ts";
import { timeIssuedInFuture } from "./time-issued-in-future.ts";
import { timeMalformed } from "./time-malformed.ts";
import { timeNeverValid } from "./time-never-valid.ts";
import { timeNotYetValid } from "./time-not-yet-valid.ts";
import { tokenReplayed } from "./token-replayed.ts";
import { typeWrong } from "./type-wrong.ts";

/** The rules of the channel `oidc`, in the order in which their findings are listed. */
export const oidcRules: readonly Rule<Token>[] = [
  issuerMismatch,
  audienceMismatch,
  audienceUntrusted,
  azpMismatch,
  timeExpired,
  timeNotYetValid,
  timeNeverValid,
  timeIssuedInFuture,
  timeMalformed,
  claimMissing,
  claimMalformed,
  subjectTooLong,
  subjectNotAscii,
  nonceAbsent,
  nonceMismatch,
  atHashAbsent,
  atHashMismatch,
  cHashAbsent,
  cHashMismatch,
  typeWrong,
  tokenReplayed,
  authTimeFuture,
  authTimeImplausible,
  amrAbsent,
  amrMalformed,
  amrMfaAbsent,
  amrLookalike,
  amrTwoFactorsWithoutMfa,
  amrOneKindOfFactor,
  amrDuplicate,
  amrVendorValue,
  acrContradictsAmr,
  acrMfaUnseen,
  acrLevelUnread,
  authTimeAbsent,
  authTimeStale,
];
