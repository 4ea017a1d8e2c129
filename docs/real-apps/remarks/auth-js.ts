import { NOT_CHECKED, type Remark } from "./remark.ts";

/** What is to be said of Auth.js. */
export const AUTH_JS_REMARKS: readonly Remark[] = [
  { scenarios: ["id-token-bad-signature"], remark: NOT_CHECKED },
  {
    scenarios: ["id-token-amr-mixed-types"],
    remark: "The portal's own check: some member of the list is mfa.",
  },
  {
    scenarios: [
      "life-cycle-replay-elsewhere",
      "life-cycle-replay-of-earlier-tab",
      "life-cycle-second-tab",
      "life-cycle-used-code-elsewhere",
    ],
    remark: "One cookie keeps one sign-in that has begun, so the second tab takes the place of the first.",
  },
];
