import type { Token } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { acrAbsent } from "./acr-absent.ts";
import { acrMalformed } from "./acr-malformed.ts";
import { acrUnrequested } from "./acr-unrequested.ts";
import { amrAbsent } from "./amr-absent.ts";
import { amrCount } from "./amr-count.ts";
import { amrKindMismatch } from "./amr-kind-mismatch.ts";
import { amrMalformed } from "./amr-malformed.ts";
import { amrUnrequested } from "./amr-unrequested.ts";
import { amrUnsupported } from "./amr-unsupported.ts";
import { audienceMismatch } from "./audience-mismatch.ts";
import { audienceUntrusted } from "./audience-untrusted.ts";
import { authTimeFuture } from "./auth-time-future.ts";
import { authTimeImplausible } from "./auth-time-implausible.ts";
import { azpMismatch } from "./azp-mismatch.ts";
import { claimMalformed } from "./claim-malformed.ts";
import { claimMissing } from "./claim-missing.ts";
import { issuerMismatch } from "./issuer-mismatch.ts";
import { keyCertificateAbsent } from "./key-certificate-absent.ts";
import { keyIdAbsent } from "./key-id-absent.ts";
import { keyIdUnknown } from "./key-id-unknown.ts";
import { nonceAbsent } from "./nonce-absent.ts";
import { nonceMismatch } from "./nonce-mismatch.ts";
import { stateMismatch } from "./state-mismatch.ts";
import { subjectMismatch } from "./subject-mismatch.ts";
import { subjectNotAscii } from "./subject-not-ascii.ts";
import { subjectTooLong } from "./subject-too-long.ts";
import { timeExpired } from "./time-expired.ts";
import { timeIssuedInFuture } from "./time-issued-in-future.ts";
import { timeMalformed } from "./time-malformed.ts";
import { timeNeverValid } from "./time-never-valid.ts";
import { timeNotYetValid } from "./time-not-yet-valid.ts";
import { tokenReplayed } from "./token-replayed.ts";
import { typeWrong } from "./type-wrong.ts";

/** The rules of the channel `eam`, in the order in which their findings are listed. */
export const eamRules: readonly Rule<Token>[] = [
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
  typeWrong,
  tokenReplayed,
  authTimeFuture,
  authTimeImplausible,
  nonceAbsent,
  nonceMismatch,
  stateMismatch,
  subjectMismatch,
  keyIdAbsent,
  keyIdUnknown,
  keyCertificateAbsent,
  acrAbsent,
  acrMalformed,
  acrUnrequested,
  amrAbsent,
  amrMalformed,
  amrCount,
  amrUnsupported,
  amrUnrequested,
  amrKindMismatch,
];
