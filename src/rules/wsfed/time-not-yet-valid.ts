import type { WsFedResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import type { Rule } from "../../rule.ts";
import { hasBegun } from "../assertion/validity.ts";
import { startsOf } from "./times.ts";

/** The token is not valid yet. */
export const timeNotYetValid: Rule<WsFedResponse> = {
  id: "wsfed.time.not-yet-valid",
  severity: "error",
  title: "validity has not begun",
  requirements: [],
  reference: "SAML 1.1 core §2.3.2.1.1",
  remedy: "Keep the clocks of both sides synchronised, and start the validity when the token is issued.",
  about: "message",
  check(response, policy, now) {
    return startsOf(response, policy, now)
      .filter(({ time }) => !hasBegun(time, policy, now))
      .map(({ at, time }) => ({ at, message: `it begins at ${quote(time)}; it must not be used before` }));
  },
};
