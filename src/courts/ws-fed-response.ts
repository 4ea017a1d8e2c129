import type { WsFedResponse } from "../artifact.ts";
import type { Court } from "../court.ts";
import { wsFedEvidence } from "../read/wsfed-evidence.ts";
import { readWsFedResponse } from "../read/wsfed-response.ts";
import { mayBeForEntra, wsFedAddress } from "../readings/response-address.ts";
import { wsFedSeenBy } from "../readings/seen-by.ts";
import { wsFedRules } from "../rules/wsfed/index.ts";
import { wsFedReadingRules } from "../rules/wsfed/reading.ts";
import { signInsOf } from "../rules/wsfed/sign-ins.ts";

/** The answer of a WS-Federation sign-in, as Entra judges it. */
export const wsFedResponseCourt: Court<string | Uint8Array, WsFedResponse> = {
  channel: "wsfed",
  artifact: "ws-fed-response",
  read: readWsFedResponse,
  rules: wsFedRules,
  readingRules: wsFedReadingRules,
  evidence: (response, policy, now) =>
    wsFedEvidence(response, signInsOf(response, policy, now).authenticatedAt),
  mayBeForEntra: (response) => mayBeForEntra(wsFedAddress(response)),
  seenBy: wsFedSeenBy,
};
