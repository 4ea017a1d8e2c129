import type { WsFedResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import type { Rule } from "../../rule.ts";
import { isNeverValid } from "../assertion/validity.ts";
import { windowsOf } from "./times.ts";

/** The token ends before it begins, so there was no moment at which it was valid. */
export const timeNeverValid: Rule<WsFedResponse> = {
  id: "wsfed.time.never-valid",
  severity: "error",
  title: "validity ends before it begins",
  requirements: [],
  reference: "SAML 1.1 core §2.3.2.1.1, SAML core §2.5.1.2",
  remedy: "Set NotOnOrAfter to a time after NotBefore, and SessionNotOnOrAfter to one after AuthnInstant.",
  about: "message",
  check(response, policy, now) {
    return windowsOf(response, policy, now)
      .filter(({ start, end }) => isNeverValid(start, end, policy, now))
      .map(({ at, start, end }) => {
        return { at, message: `it ends at ${quote(end)}, and begins at ${quote(start)}; it must end later` };
      });
  },
};
