import type { WsFedResponse } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { amrTwoFactorsWithoutMfa } from "./amr-two-factors-without-mfa.ts";
import { amrVendorValue } from "./amr-vendor-value.ts";
import { audienceAbsent } from "./audience-absent.ts";
import { audienceMismatch } from "./audience-mismatch.ts";
import { authnInstantFuture } from "./authn-instant-future.ts";
import { authnInstantStale } from "./authn-instant-stale.ts";
import { authnStatementContradictory } from "./authn-statement-contradictory.ts";
import { conditionRepeated } from "./condition-repeated.ts";
import { conditionUnknown } from "./condition-unknown.ts";
import { confirmationNotBearer } from "./confirmation-not-bearer.ts";
import { guidanceExceptionNeeded } from "./guidance-exception-needed.ts";
import { issuerMismatch } from "./issuer-mismatch.ts";
import { mfaAbsent } from "./mfa-absent.ts";
import { mfaContested } from "./mfa-contested.ts";
import { mfaContradicted } from "./mfa-contradicted.ts";
import { mfaLevelUnread } from "./mfa-level-unread.ts";
import { mfaLookalike } from "./mfa-lookalike.ts";
import { mfaMisplaced } from "./mfa-misplaced.ts";
import { mfaOtherVocabulary } from "./mfa-other-vocabulary.ts";
import { nameIdOfAnother } from "./name-id-of-another.ts";
import { oneTimeUseUntracked } from "./one-time-use-untracked.ts";
import { recipientMismatch } from "./recipient-mismatch.ts";
import { subjectAbsent } from "./subject-absent.ts";
import { subjectAmbiguous } from "./subject-ambiguous.ts";
import { timeExpired } from "./time-expired.ts";
import { timeIssuedInFuture } from "./time-issued-in-future.ts";
import { timeMalformed } from "./time-malformed.ts";
import { timeNeverValid } from "./time-never-valid.ts";
import { timeNotYetValid } from "./time-not-yet-valid.ts";
import { tokenPartlyEncrypted } from "./token-partly-encrypted.ts";
import { tokenReplayed } from "./token-replayed.ts";
import { versionWrong } from "./version-wrong.ts";

/** What must hold for a token that could be read, in the order in which findings are listed. */
export const wsFedRules: readonly Rule<WsFedResponse>[] = [
  versionWrong,
  issuerMismatch,
  tokenReplayed,
  audienceAbsent,
  audienceMismatch,
  conditionUnknown,
  conditionRepeated,
  oneTimeUseUntracked,
  confirmationNotBearer,
  recipientMismatch,
  subjectAbsent,
  subjectAmbiguous,
  nameIdOfAnother,
  timeMalformed,
  timeNotYetValid,
  timeNeverValid,
  timeExpired,
  timeIssuedInFuture,
  authnInstantFuture,
  authnInstantStale,
  mfaAbsent,
  mfaContested,
  mfaMisplaced,
  mfaOtherVocabulary,
  mfaLevelUnread,
  amrTwoFactorsWithoutMfa,
  amrVendorValue,
  mfaLookalike,
  mfaContradicted,
  authnStatementContradictory,
  tokenPartlyEncrypted,
  guidanceExceptionNeeded,
];
