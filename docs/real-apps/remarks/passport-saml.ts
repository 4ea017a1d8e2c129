import type { Remark } from "./remark.ts";

/** What is to be said of passport-saml. */
export const PASSPORT_REMARKS: readonly Remark[] = [
  {
    scenarios: [
      "doctype-attribute-default",
      "doctype-bare",
      "doctype-external-subset",
      "doctype-namespace-default",
      "doctype-parameter-entity",
    ],
    remark: "The DOCTYPE stands, but its parser fetches nothing and applies no default.",
    isNoHole: true,
  },
  {
    scenarios: [
      "assertion-issuer-empty",
      "assertion-issuer-missing",
      "assertion-issuer-other",
      "issuer-twice",
      "response-issuer-empty",
      "response-issuer-missing",
      "response-issuer-other",
      "response-wrong-issuer",
    ],
    remark: "idpIssuer is compared for logout only; of a sign-in the certificate alone tells the IdP.",
  },
  {
    scenarios: [
      "response-status-empty",
      "response-status-missing",
      "response-status-responder",
      "response-status-success-nested",
      "response-status-without-value",
      "status-twice",
    ],
    remark: "The status is read only where there is no assertion.",
  },
  {
    scenarios: ["response-destination-empty", "response-destination-missing", "response-wrong-destination"],
    remark: "Destination is not read.",
  },
  {
    scenarios: ["confirmation-recipient-empty", "confirmation-recipient-missing", "response-wrong-recipient"],
    remark: "Recipient is not read.",
  },
  {
    scenarios: [
      "confirmation-method-empty",
      "confirmation-method-holder-of-key",
      "confirmation-method-missing",
      "confirmation-method-sender-vouches",
      "confirmation-missing",
    ],
    remark: "The method of a confirmation is not read, and there may be none.",
  },
  {
    scenarios: ["confirmation-in-response-to-empty", "confirmation-in-response-to-missing"],
    remark: "InResponseTo of the Response is checked, and signed; the confirmation may go without.",
    isNoHole: true,
  },
  {
    scenarios: ["life-cycle-saml-stolen"],
    remark: "Requests are kept for all browsers together, so that an answer signs in whoever sends it.",
  },
  {
    scenarios: ["signature-digest-sha1", "signature-rsa-sha1"],
    remark: "signatureAlgorithm is for what it signs itself, not for what it takes.",
  },
];
