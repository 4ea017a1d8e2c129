import { type Remark, REPLAYED } from "./remark.ts";

/** What is to be said of Shibboleth's service provider. */
export const SHIBBOLETH_REMARKS: readonly Remark[] = [
  {
    scenarios: ["signature-assertion-only", "signature-outer-stripped", "signature-response-only"],
    remark:
      "Either signature will do, as SAML allows; requireSignedAssertions demands that of the assertion.",
    isNoHole: true,
  },
  {
    scenarios: ["signature-digest-sha1", "signature-rsa-sha1"],
    remark: "ExcludedAlgorithms of its policy may name SHA-1; its defaults do not.",
  },
  {
    scenarios: [
      "assertion-issue-instant-future",
      "assertion-issue-instant-long-ago",
      "response-issue-instant-future",
      "response-issue-instant-long-ago",
    ],
    remark: "A message is a minute old at most, plus skew: stricter than it has to be.",
  },
  {
    scenarios: [
      "request-class-above-maximum",
      "request-class-ignored",
      "request-class-ignored-in-two-tabs",
      "request-class-not-better",
    ],
    remark:
      "What the address of a sign-in asks for is not demanded of the answer: Require does that, and the portal requires MFA, which it got.",
  },
  {
    scenarios: ["life-cycle-saml-step-up-by-session", "request-force-authn-ignored"],
    remark: "It asks by ForceAuthn, and compares AuthnInstant with its own limit of an hour alone.",
  },
  {
    scenarios: ["conditions-one-time-use"],
    remark: "A condition that its policy does not name is refused.",
  },
  {
    scenarios: ["authn-instant-malformed", "authn-instant-missing", "authn-instant-stale"],
    remark: "maxTimeSinceAuthn checks it; it shows an error instead of asking again.",
  },
  {
    scenarios: [
      "life-cycle-saml-replay",
      "life-cycle-saml-replay-of-earlier-tab",
      "life-cycle-saml-session-reused",
    ],
    remark: REPLAYED,
  },
];
