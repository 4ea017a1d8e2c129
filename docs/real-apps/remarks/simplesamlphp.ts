import type { Remark } from "./remark.ts";

/** What is to be said of SimpleSAMLphp. */
export const SIMPLESAMLPHP_REMARKS: readonly Remark[] = [
  {
    scenarios: ["assertion-issuer-empty", "assertion-issuer-other", "issuer-twice"],
    remark:
      "It goes by the issuer of the response; that of the assertion is read only where there is no other.",
  },
  {
    scenarios: ["response-issuer-missing", "response-destination-missing", "response-id-empty"],
    remark: "What is absent is not compared.",
  },
  {
    scenarios: [
      "confirmation-in-response-to-missing",
      "response-in-response-to-missing",
      "response-wrong-in-response-to",
      "life-cycle-saml-stolen",
      "life-cycle-saml-unsolicited-answering",
    ],
    remark:
      "An answer to a request that is not of this browser is taken as unsolicited; version 1.19 takes those, and nothing switches it off.",
  },
  {
    scenarios: ["life-cycle-saml-replay"],
    remark:
      "A second copy opens no session: the browser is sent on to the session that it has. In another browser the copy is refused.",
    isNoHole: true,
  },
  {
    scenarios: [
      "request-class-above-maximum",
      "request-class-ignored",
      "request-class-ignored-in-two-tabs",
      "request-class-not-better",
    ],
    remark:
      "It asks for classes and leaves the comparison with the answer to the portal, which wants MFA alone.",
  },
  {
    scenarios: ["signature-transform-base64", "signature-transform-unknown", "signature-transform-xslt"],
    remark: "A transform that it does not know is left out, and never run.",
  },
  {
    scenarios: ["signature-digest-sha1", "signature-rsa-sha1"],
    remark: "signature.algorithm is for what it signs itself, not for what it takes.",
  },
  {
    scenarios: ["confirmation-method-sender-vouches"],
    remark: "Of its three methods only holder-of-key has to be switched on.",
  },
  {
    scenarios: ["class-trailing-blank"],
    remark: "It trims the class.",
  },
];
