import { LOGOUT_TAKEN, NOT_CHECKED, type Remark, REPLAYED } from "./remark.ts";

const BOTH: readonly Remark[] = [
  {
    scenarios: ["flow-logout-no-exp"],
    remark: LOGOUT_TAKEN,
  },
  {
    scenarios: ["id-token-amr-mixed-types"],
    remark: "The portal's own check: some member of the list is mfa.",
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

/** What is to be said of express-openid-connect by code. */
export const EXPRESS_CODE_REMARKS: readonly Remark[] = [
  {
    scenarios: ["id-token-bad-signature"],
    remark: NOT_CHECKED,
  },
  {
    scenarios: ["flow-refresh-newer-auth-time", "flow-refresh-other-nonce", "flow-refresh-wrong-sub"],
    remark: "refresh() takes the new ID token without comparing it with the first.",
  },
  {
    scenarios: ["life-cycle-used-code-elsewhere"],
    remark: "One cookie keeps one sign-in that has begun, so the second tab takes the place of the first.",
  },
  ...BOTH,
];
