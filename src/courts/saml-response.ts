import type { RedirectedMessage, SamlResponse } from "../artifact.ts";
import type { Court } from "../court.ts";
import { samlEvidence } from "../read/saml-evidence.ts";
import { readPostedOrRedirected } from "../read/saml-redirected.ts";
import { mayBeForEntra, samlAddress } from "../readings/response-address.ts";
import { samlSeenBy } from "../readings/seen-by.ts";
import { samlRules } from "../rules/saml/index.ts";
import { samlReadingRules } from "../rules/saml/reading.ts";
import { signInsOf } from "../rules/saml/sign-ins.ts";

/** A SAML 2.0 response, as a service provider judges it. */
export const samlResponseCourt: Court<string | Uint8Array | RedirectedMessage, SamlResponse> = {
  channel: "saml",
  artifact: "saml-response",
  read: readPostedOrRedirected,
  rules: samlRules,
  readingRules: samlReadingRules,
  evidence: (response, policy, now) => {
    const { assertion } = response;
    const signIns = assertion === undefined ? undefined : signInsOf(assertion, policy, now);
    return samlEvidence(response, signIns?.authenticatedAt);
  },
  mayBeForEntra: (response) => mayBeForEntra(samlAddress(response)),
  seenBy: samlSeenBy,
};
