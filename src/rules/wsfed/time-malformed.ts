import type { WsFedResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { parseInstant } from "../../read/saml-time.ts";
import type { Rule } from "../../rule.ts";
import { timesOf } from "./times.ts";

/** A time cannot be read, so nobody can tell whether the token is valid. */
export const timeMalformed: Rule<WsFedResponse> = {
  id: "wsfed.time.malformed",
  severity: "error",
  title: "time cannot be read",
  requirements: [],
  reference: "SAML 1.1 core §1.2.2",
  remedy:
    "Write every time as xs:dateTime in UTC with a Z, and never leave out the instant of issue or of sign-in.",
  about: "message",
  check(response) {
    return timesOf(response)
      .filter(({ time }) => time !== undefined && parseInstant(time) === undefined)
      .map(({ at, time }) => {
        return { at, message: `the time is ${quote(time)}; it must be like 2026-01-01T00:00:00Z` };
      });
  },
};
