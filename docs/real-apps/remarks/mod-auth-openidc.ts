import { LOGOUT_TAKEN, type Remark, REPLAYED, SAME_SIGNATURE } from "./remark.ts";

/** What is to be said of mod_auth_openidc. */
export const OPENIDC_REMARKS: readonly Remark[] = [
  {
    scenarios: [
      "flow-logout-id-token-type",
      "flow-logout-no-exp",
      "flow-logout-no-iat",
      "flow-logout-no-jti",
    ],
    remark: LOGOUT_TAKEN,
  },
  {
    scenarios: [
      "flow-user-info-no-sub",
      "flow-user-info-not-json",
      "flow-user-info-sub-list-own-first",
      "flow-user-info-sub-list-own-last",
      "flow-user-info-sub-twice-own-first",
      "flow-user-info-wrong-sub",
      "flow-user-info-wrong-sub-and-iss",
    ],
    remark:
      "It drops the answer and goes on with the ID token alone, as OIDC Core §5.3.2 allows: whoever signed in stays who they are.",
    isNoHole: true,
  },
  {
    scenarios: [
      "flow-refresh-expired",
      "flow-refresh-newer-auth-time",
      "flow-refresh-other-nonce",
      "flow-refresh-wrong-aud",
      "flow-refresh-wrong-iss",
      "flow-refresh-wrong-sub",
      "id-token-refresh-raises-amr",
    ],
    remark: "The claims of a refreshed ID token take the place of the first ones, and none is checked.",
  },
  {
    scenarios: ["id-token-amr-string", "id-token-amr-leading-space", "id-token-amr-trailing-space"],
    remark: "Require claim takes a text for a list of one, and compares without regard to blanks.",
  },
  {
    scenarios: ["id-token-amr-mixed-types"],
    remark: "Require claim asks whether some member of the list is mfa.",
  },
  {
    scenarios: [
      "id-token-auth-time-in-future",
      "id-token-auth-time-missing",
      "id-token-auth-time-text",
      "id-token-auth-time-zero",
      "id-token-stale",
    ],
    remark: "It passes max_age on as a parameter that it does not know, and looks at no auth_time.",
  },
  {
    scenarios: ["id-token-signature-padded", "id-token-signature-trailing-bits"],
    remark: SAME_SIGNATURE,
    isNoHole: true,
  },
  {
    scenarios: ["id-token-issuer-with-slash"],
    remark: "A slash at the end of the issuer makes no difference to it.",
  },
  {
    scenarios: ["id-token-expiry-within-skew"],
    remark: "It allows for no skew: stricter than it has to be.",
  },
  { scenarios: ["flow-replay"], remark: REPLAYED },
  {
    scenarios: ["id-token-encrypted-rsa15"],
    remark: "The connection ends without an answer, and nobody is let in.",
  },
];
