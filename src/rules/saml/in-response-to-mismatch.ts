import type { SamlResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { RESPONSE, confirmationPath } from "../../read/saml-paths.ts";
import type { Fault, Rule } from "../../rule.ts";
import { answersUs, bestConfirmation } from "./confirmation.ts";

/** The message answers another request than the one that was sent, or none. */
export const inResponseToMismatch: Rule<SamlResponse> = {
  id: "saml.in-response-to.mismatch",
  severity: "error",
  title: "InResponseTo is another request",
  requirements: [],
  reference: "SAML core §3.2.2, SAML profiles §4.1.4.3, Entra: SAML 2.0 identity provider for single sign-on",
  remedy:
    "Copy the ID of the AuthnRequest into InResponseTo of the Response and of the SubjectConfirmationData.",
  about: "message",
  check({ envelope, assertion }, policy, now) {
    const { requestId } = policy;
    if (requestId === undefined) return undefined;
    const wanted = `it must be ${quote(requestId)}`;
    const faults: Fault[] = [];
    if (envelope.inResponseTo !== requestId) {
      const message = `InResponseTo is ${quote(envelope.inResponseTo)}; ${wanted}`;
      faults.push({ at: `${RESPONSE}/@InResponseTo`, message });
    }
    const best = assertion === undefined ? undefined : bestConfirmation(assertion, policy, now);
    if (best !== undefined && !answersUs(best.confirmation, policy)) {
      const at = `${confirmationPath(best.index)}/saml:SubjectConfirmationData/@InResponseTo`;
      faults.push({ at, message: `InResponseTo is ${quote(best.confirmation.inResponseTo)}; ${wanted}` });
    }
    return faults;
  },
};
