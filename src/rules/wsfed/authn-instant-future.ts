import type { WsFedResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import type { Rule } from "../../rule.ts";
import { hasBegun } from "../assertion/validity.ts";
import { signInTimesOf } from "./times.ts";

/** The sign-in lies in the future, so one of the clocks or the statement is wrong. */
export const authnInstantFuture: Rule<WsFedResponse> = {
  id: "wsfed.authn-instant.future",
  severity: "error",
  title: "sign-in lies in the future",
  requirements: [],
  reference: "SAML 1.1 core §2.4.3",
  remedy:
    "Set the authentication instant to the time at which the user signed in, and keep the clock synchronised.",
  about: "message",
  check(response, policy, now) {
    return signInTimesOf(response)
      .filter(({ time }) => !hasBegun(time, policy, now))
      .map(({ at, time }) => {
        return { at, message: `the sign-in was at ${quote(time)}; it must not lie in the future` };
      });
  },
};
