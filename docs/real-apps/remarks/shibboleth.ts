import type { Remark } from "./remark.ts";

/** What is to be said of Shibboleth's service provider. */
export const SHIBBOLETH_REMARKS: readonly Remark[] = [
  {
    scenarios: ["signature-digest-sha1", "signature-rsa-sha1"],
    remark: "ExcludedAlgorithms of its policy may name SHA-1; its defaults do not.",
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
];
