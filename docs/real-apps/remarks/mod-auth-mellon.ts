import type { Remark } from "./remark.ts";

/** What is to be said of mod_auth_mellon. */
export const MELLON_REMARKS: readonly Remark[] = [
  {
    scenarios: ["attribute-set-differs"],
    remark: "MellonCond demands MFA in an attribute besides the class: stricter than it has to be.",
  },
  {
    scenarios: [
      "response-in-response-to-empty",
      "response-in-response-to-missing",
      "response-in-response-to-other",
      "response-wrong-in-response-to",
      "confirmation-in-response-to-empty",
      "confirmation-in-response-to-missing",
    ],
    remark: "It takes answers to no request, so it does not look at which one.",
  },
  {
    scenarios: [
      "authn-instant-future",
      "authn-instant-malformed",
      "authn-instant-missing",
      "authn-instant-stale",
      "life-cycle-saml-session-reused",
    ],
    remark: "It knows no limit for the age of a sign-in.",
  },
  {
    scenarios: ["signature-assertion-only", "signature-outer-stripped", "signature-response-only"],
    remark: "Either signature will do, as SAML allows.",
    isNoHole: true,
  },
  {
    scenarios: ["signature-digest-sha1", "signature-rsa-sha1"],
    remark: "MellonSignatureMethod is for what it signs itself, not for what it takes.",
  },
  {
    scenarios: ["response-nested"],
    remark: "It reads the assertion at its own place and leaves the other alone.",
    isNoHole: true,
  },
  {
    scenarios: ["signature-rsa-pss"],
    remark: "xmlsec 1.2 does not know RSA-PSS.",
  },
];
