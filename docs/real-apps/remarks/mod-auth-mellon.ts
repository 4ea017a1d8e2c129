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
    scenarios: ["signature-digest-sha1", "signature-rsa-sha1"],
    remark: "MellonSignatureMethod is for what it signs itself, not for what it takes.",
  },
];
