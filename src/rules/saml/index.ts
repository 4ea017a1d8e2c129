import type { SamlResponse } from "../../artifact.ts";
import type { Rule } from "../../rule.ts";
import { amrTwoFactorsWithoutMfa } from "./amr-two-factors-without-mfa.ts";
import { amrVendorValue } from "./amr-vendor-value.ts";
import { assertionAbsent } from "./assertion-absent.ts";
import { assertionPartlyEncrypted } from "./assertion-partly-encrypted.ts";
import { assertionReplayed } from "./assertion-replayed.ts";
import { assertionUnsigned } from "./assertion-unsigned.ts";
import { audienceAbsent } from "./audience-absent.ts";
import { audienceMismatch } from "./audience-mismatch.ts";
import { authnInstantFuture } from "./authn-instant-future.ts";
import { authnInstantStale } from "./authn-instant-stale.ts";
import { authnStatementAbsent } from "./authn-statement-absent.ts";
import { authnStatementContradictory } from "./authn-statement-contradictory.ts";
import { conditionRepeated } from "./condition-repeated.ts";
import { conditionUnknown } from "./condition-unknown.ts";
import { confirmationAbsent } from "./confirmation-absent.ts";
import { destinationMismatch } from "./destination-mismatch.ts";
import { guidanceExceptionNeeded } from "./guidance-exception-needed.ts";
import { idAbsent } from "./id-absent.ts";
import { idpEmailUnusable } from "./idp-email-unusable.ts";
import { inResponseToContradictory } from "./in-response-to-contradictory.ts";
import { inResponseToMismatch } from "./in-response-to-mismatch.ts";
import { issuerMismatch } from "./issuer-mismatch.ts";
import { mfaAbsent } from "./mfa-absent.ts";
import { mfaContradicted } from "./mfa-contradicted.ts";
import { mfaLevelUnread } from "./mfa-level-unread.ts";
import { mfaLookalike } from "./mfa-lookalike.ts";
import { mfaMisplaced } from "./mfa-misplaced.ts";
import { mfaOtherVocabulary } from "./mfa-other-vocabulary.ts";
import { nameIdAbsent } from "./name-id-absent.ts";
import { nameIdFormatWrong } from "./name-id-format-wrong.ts";
import { nameIdOfAnother } from "./name-id-of-another.ts";
import { nameIdUnusable } from "./name-id-unusable.ts";
import { oneTimeUseUntracked } from "./one-time-use-untracked.ts";
import { recipientMismatch } from "./recipient-mismatch.ts";
import { statusFailed } from "./status-failed.ts";
import { timeExpired } from "./time-expired.ts";
import { timeIssuedInFuture } from "./time-issued-in-future.ts";
import { timeMalformed } from "./time-malformed.ts";
import { timeNeverValid } from "./time-never-valid.ts";
import { timeNotYetValid } from "./time-not-yet-valid.ts";
import { versionWrong } from "./version-wrong.ts";

/** What must hold for a response that could be read, in the order in which findings are listed. */
export const samlRules: readonly Rule<SamlResponse>[] = [
  statusFailed,
  versionWrong,
  idAbsent,
  assertionAbsent,
  assertionReplayed,
  assertionUnsigned,
  issuerMismatch,
  audienceAbsent,
  audienceMismatch,
  destinationMismatch,
  confirmationAbsent,
  recipientMismatch,
  inResponseToMismatch,
  inResponseToContradictory,
  conditionUnknown,
  conditionRepeated,
  oneTimeUseUntracked,
  timeMalformed,
  timeNotYetValid,
  timeNeverValid,
  timeExpired,
  timeIssuedInFuture,
  nameIdAbsent,
  nameIdOfAnother,
  nameIdFormatWrong,
  nameIdUnusable,
  idpEmailUnusable,
  authnStatementAbsent,
  authnInstantFuture,
  authnInstantStale,
  mfaAbsent,
  mfaMisplaced,
  mfaOtherVocabulary,
  mfaLevelUnread,
  amrTwoFactorsWithoutMfa,
  amrVendorValue,
  mfaLookalike,
  mfaContradicted,
  authnStatementContradictory,
  assertionPartlyEncrypted,
  guidanceExceptionNeeded,
];
