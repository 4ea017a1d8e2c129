import { LOGOUT_TAKEN, type Remark, REPLAYED } from "./remark.ts";

/** What is to be said of mod_auth_openidc. */
export const OPENIDC_REMARKS: readonly Remark[] = [
  {
    scenarios: ["flow-logout-no-exp"],
    remark: LOGOUT_TAKEN,
  },
  {
    scenarios: [
      "flow-refresh-expired",
      "flow-refresh-newer-auth-time",
      "flow-refresh-other-nonce",
      "flow-refresh-wrong-aud",
      "flow-refresh-wrong-iss",
      "flow-refresh-wrong-sub",
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
      "id-token-auth-time-missing",
      "id-token-auth-time-text",
      "id-token-auth-time-zero",
      "id-token-stale",
    ],
    remark: "It passes max_age on as a parameter that it does not know, and looks at no auth_time.",
  },
  {
    scenarios: ["id-token-issuer-with-slash"],
    remark: "A slash at the end of the issuer makes no difference to it.",
  },
  { scenarios: ["flow-replay"], remark: REPLAYED },
  {
    scenarios: ["id-token-encrypted-rsa15"],
    remark:
      "It crashes: Apache logs that its child ended by a segmentation fault (AH00052). It holds no key to decrypt with, and does so for RSA-OAEP as well. Nobody is let in; where one process serves many connections, all of them end.",
  },
];
