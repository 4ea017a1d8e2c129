import type { SamlResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { RESPONSE } from "../../read/saml-paths.ts";
import type { Rule } from "../../rule.ts";
import { STATUS_SUCCESS } from "../../vocabulary/saml-protocol.ts";

/** The identity provider says that the sign-in failed, so nothing else in the answer may be used. */
export const statusFailed: Rule<SamlResponse> = {
  id: "saml.status.failed",
  severity: "error",
  title: "status is not Success",
  requirements: ["F-58"],
  reference: "SAML core §3.2.2.2, SAML profiles §4.1.4.2",
  remedy:
    "Find out from the status why the identity provider refused; only an answer with status Success may carry an assertion.",
  about: "message",
  check({ envelope }) {
    if (envelope.status[0] === STATUS_SUCCESS) return [];
    const found = envelope.status.length === 0 ? "absent" : quote(envelope.status.join(" "));
    return [{ at: `${RESPONSE}/samlp:Status`, message: `the status is ${found}; it must be Success` }];
  },
};
