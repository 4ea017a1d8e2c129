import type { WsFedResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import type { Rule } from "../../rule.ts";
import { hasEnded } from "../assertion/validity.ts";
import { endsOf } from "./times.ts";

/** The token, its confirmation or the session it opened is over. */
export const timeExpired: Rule<WsFedResponse> = {
  id: "wsfed.time.expired",
  severity: "error",
  title: "validity has ended",
  requirements: [],
  reference: "SAML 1.1 core §2.3.2.1.1, SAML core §2.7.2",
  remedy: "Issue a fresh token, and keep the clocks of both sides synchronised.",
  about: "message",
  check(response, policy, now) {
    return endsOf(response, policy, now)
      .filter(({ time }) => hasEnded(time, policy, now))
      .map(({ at, time }) => ({
        at,
        message: `it ended at ${quote(time)}; it must not be used from then on`,
      }));
  },
};
