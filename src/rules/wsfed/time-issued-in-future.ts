import type { WsFedResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { TOKEN } from "../../read/wsfed-paths.ts";
import type { Rule } from "../../rule.ts";
import { hasBegun } from "../assertion/validity.ts";

/** The token says that it was issued at a time still to come, so one of the clocks or the token is wrong. */
export const timeIssuedInFuture: Rule<WsFedResponse> = {
  id: "wsfed.time.issued-in-future",
  severity: "error",
  title: "token was issued in the future",
  requirements: [],
  reference: "SAML 1.1 core §2.3.2, SAML core §2.3.3",
  remedy: "Set IssueInstant to the time at which the token is issued, and keep the clock synchronised.",
  about: "message",
  check({ issueInstant }, policy, now) {
    if (hasBegun(issueInstant, policy, now)) return [];
    const message = `it was issued at ${quote(issueInstant)}; that must not lie in the future`;
    return [{ at: `${TOKEN}/@IssueInstant`, message }];
  },
};
