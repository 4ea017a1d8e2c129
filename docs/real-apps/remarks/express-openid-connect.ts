import { LOGOUT_TAKEN, type Remark, REPLAYED, SAME_SIGNATURE } from "./remark.ts";

const BOTH: readonly Remark[] = [
  {
    scenarios: [
      "flow-logout-event-not-object",
      "flow-logout-id-token-type",
      "flow-logout-no-exp",
      "flow-logout-no-iat",
      "flow-logout-no-jti",
      "flow-logout-wrong-sid",
    ],
    remark: LOGOUT_TAKEN,
  },
  {
    scenarios: ["id-token-signature-line-break", "id-token-signature-padded", "id-token-line-break-behind"],
    remark: SAME_SIGNATURE,
    isNoHole: true,
  },
  {
    scenarios: ["id-token-signature-standard-base64", "id-token-signature-trailing-bits"],
    remark: SAME_SIGNATURE,
    isNoHole: true,
  },
  {
    scenarios: ["id-token-amr-mixed-types"],
    remark: "The portal's own check: some member of the list is mfa.",
  },
  {
    scenarios: ["id-token-auth-time-missing", "id-token-auth-time-zero", "id-token-stale"],
    remark: "It asks for max_age and checks auth_time; it shows an error instead of asking again.",
  },
  {
    scenarios: ["id-token-not-utf8"],
    remark: "The token is taken, then the session cannot be read, and the person is asked again.",
  },
  { scenarios: ["flow-replay", "life-cycle-second-tab"], remark: REPLAYED },
  {
    scenarios: ["life-cycle-replay-elsewhere", "life-cycle-replay-of-earlier-tab"],
    remark: "One cookie keeps one sign-in that has begun, so the second tab takes the place of the first.",
  },
];

/** What is to be said of express-openid-connect with its defaults. */
export const EXPRESS_REMARKS: readonly Remark[] = [
  ...BOTH,
  {
    scenarios: ["flow-answer-of-another-browser"],
    remark: "It refuses; there was no code that could have been redeemed.",
  },
];

const NOT_CHECKED =
  "No signature is checked: the token comes from the token endpoint, where TLS may stand in for it (OIDC Core §3.1.3.7). Without TLS, or behind a proxy that ends it, anybody on the way can forge it.";

/** What is to be said of express-openid-connect by code. */
export const EXPRESS_CODE_REMARKS: readonly Remark[] = [
  {
    scenarios: [
      "id-token-bad-signature",
      "id-token-header-jku",
      "id-token-header-jku-stranger-first",
      "id-token-header-jku-trusted-first",
      "id-token-header-jwk",
      "id-token-header-jwk-address",
      "id-token-header-jwk-with-jku",
      "id-token-header-jwk-with-x5c",
      "id-token-header-jwk-with-x5u",
      "id-token-header-x5c",
      "id-token-header-x5c-trusted-first",
      "id-token-header-x5c-trusted-last",
      "id-token-header-x5u",
      "id-token-key-of-other-issuer",
      "id-token-key-unpublished",
      "id-token-kid-address",
      "id-token-kid-embedded-key",
      "id-token-kid-embedded-key-text",
      "id-token-kid-empty",
      "id-token-kid-list",
      "id-token-kid-number",
      "id-token-kid-path",
      "id-token-kid-prototype",
      "id-token-kid-shell",
      "id-token-kid-sql",
      "id-token-mfa-added-after-signing",
      "id-token-signature-empty",
      "id-token-signature-line-break",
      "id-token-signature-padded",
      "id-token-signature-standard-base64",
      "id-token-signature-trailing-bits",
      "id-token-stranger-key",
      "id-token-weak-key",
      "id-token-blank-before",
      "id-token-line-break-behind",
    ],
    remark: NOT_CHECKED,
  },
  {
    scenarios: [
      "flow-refresh-newer-auth-time",
      "flow-refresh-other-nonce",
      "flow-refresh-wrong-sub",
      "id-token-refresh-raises-amr",
    ],
    remark: "refresh() takes the new ID token without comparing it with the first.",
  },
  {
    scenarios: ["life-cycle-used-code-elsewhere"],
    remark: "One cookie keeps one sign-in that has begun, so the second tab takes the place of the first.",
  },
  ...BOTH,
];
