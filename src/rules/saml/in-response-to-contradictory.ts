import type { SamlResponse } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { confirmationPath } from "../../read/saml-paths.ts";
import type { Rule } from "../../rule.ts";
import { bestConfirmation, isBearer } from "./confirmation.ts";

/** The Response answers one request and the assertion in it another: one of the two belongs to another sign-in. */
export const inResponseToContradictory: Rule<SamlResponse> = {
  id: "saml.in-response-to.contradictory",
  severity: "error",
  title: "Response and assertion answer different requests",
  requirements: [],
  reference: "SAML core §3.2.2, SAML profiles §4.1.4.2",
  remedy:
    "Copy the ID of the AuthnRequest into both InResponseTo, that of the Response and that of its SubjectConfirmationData.",
  about: "message",
  check({ envelope, assertion }, policy, now) {
    // With the request at hand saml.in-response-to.mismatch says which of the two is wrong.
    if (assertion === undefined || policy.requestId !== undefined) return undefined;
    const best = bestConfirmation(assertion, policy, now);
    const [outer, inner] = [envelope.inResponseTo, best?.confirmation.inResponseTo];
    if (best === undefined || outer === undefined || inner === undefined) return undefined;
    const answers = assertion.confirmations.some((each) => isBearer(each) && each.inResponseTo === outer);
    if (outer === inner || answers) return [];
    const at = `${confirmationPath(best.index)}/saml:SubjectConfirmationData/@InResponseTo`;
    return [
      { at, message: `InResponseTo is ${quote(inner)}; it must be ${quote(outer)}, as in the Response` },
    ];
  },
};
