import type { SamlResponse } from "../../artifact.ts";
import { ASSERTION } from "../../read/saml-paths.ts";
import type { Rule } from "../../rule.ts";
import { isBearer } from "./confirmation.ts";

/** Nothing says that whoever brings the assertion may use it: there is no complete bearer confirmation. */
export const confirmationAbsent: Rule<SamlResponse> = {
  id: "saml.confirmation.absent",
  severity: "error",
  title: "no bearer confirmation",
  requirements: [],
  reference: "SAML profiles §4.1.4.2, Entra: SAML 2.0 identity provider for single sign-on",
  remedy:
    "Add a SubjectConfirmation of method bearer whose data have Recipient, NotOnOrAfter and InResponseTo.",
  about: "message",
  check({ assertion }) {
    if (assertion === undefined) return undefined;
    if (assertion.confirmations.some((confirmation) => isBearer(confirmation))) return [];
    const message =
      "no SubjectConfirmation is of method bearer with both Recipient and NotOnOrAfter; one must be";
    return [{ at: `${ASSERTION}/saml:Subject`, message }];
  },
};
