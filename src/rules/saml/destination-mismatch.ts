import type { SamlResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { RESPONSE } from "../../read/saml-paths.ts";
import type { Rule } from "../../rule.ts";

/** The response was addressed to another URL, or is signed without saying to which. */
export const destinationMismatch: Rule<SamlResponse> = {
  id: "saml.destination.mismatch",
  severity: "error",
  title: "Destination is another address",
  requirements: [],
  reference: "SAML core §3.2.2, SAML bindings §3.5.5.2",
  remedy: "Set Destination of the Response to the URL it is posted to; a signed Response must have one.",
  about: "message",
  check({ envelope }, { assertionConsumerService }) {
    if (assertionConsumerService === undefined || envelope.destination === assertionConsumerService)
      return [];
    if (envelope.destination === undefined && !envelope.signed) return [];
    const message = `the Destination is ${quote(envelope.destination)}; it must be ${quote(assertionConsumerService)}`;
    return [{ at: `${RESPONSE}/@Destination`, message }];
  },
};
