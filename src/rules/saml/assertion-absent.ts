import type { SamlResponse } from "../../artifact.ts";
import { RESPONSE } from "../../read/saml-paths.ts";
import type { Rule } from "../../rule.ts";
import { STATUS_SUCCESS } from "../../vocabulary/saml-protocol.ts";

/** The answer says Success but carries no assertion, so it says nothing about anybody. */
export const assertionAbsent: Rule<SamlResponse> = {
  id: "saml.assertion.absent",
  severity: "error",
  title: "no assertion",
  requirements: [],
  reference: "SAML profiles §4.1.4.2",
  remedy: "Put one Assertion into the Response, as its direct child.",
  about: "message",
  check({ envelope, assertion }) {
    if (envelope.status[0] !== STATUS_SUCCESS) return undefined; // saml.status.failed speaks instead
    return assertion === undefined
      ? [{ at: RESPONSE, message: "there is no assertion; there must be one" }]
      : [];
  },
};
