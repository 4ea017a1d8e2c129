import type { SamlResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { ASSERTION, RESPONSE } from "../../read/saml-paths.ts";
import type { Rule } from "../../rule.ts";
import { hasBegun } from "../assertion/validity.ts";

/** The message says that it was issued at a time still to come, so one of the clocks or the message is wrong. */
export const timeIssuedInFuture: Rule<SamlResponse> = {
  id: "saml.time.issued-in-future",
  severity: "error",
  title: "message was issued in the future",
  requirements: [],
  reference: "SAML core §2.3.3, §3.2.2",
  remedy: "Set IssueInstant to the time at which the message is issued, and keep the clock synchronised.",
  about: "message",
  check({ envelope, assertion }, policy, now) {
    return [
      { at: RESPONSE, instant: envelope.issueInstant },
      { at: ASSERTION, instant: assertion?.issueInstant },
    ]
      .filter(({ instant }) => !hasBegun(instant, policy, now))
      .map(({ at, instant }) => {
        const message = `it was issued at ${quote(instant)}; that must not lie in the future`;
        return { at: `${at}/@IssueInstant`, message };
      });
  },
};
